package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.kafka.TopicCheck;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

class TopicCheckIT {

    private final String topic = "things-" + UUID.randomUUID();

    private static TopicCheck check(Runnable createDeclaredTopics) {
        return new TopicCheck(Map.of("bootstrap.servers", Broker.address()), createDeclaredTopics);
    }

    @Test
    void findsTheTopic() throws Exception {
        Broker.create(topic);
        check(() -> {
                    throw new AssertionError("nothing is missing");
                })
                .check("listener", topic);
    }

    @Test
    void createsWhatTheApplicationDeclaresIfTheBrokerWasAwayBefore() {
        check(() -> {
                    try {
                        Broker.create(topic);
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .check("listener", topic);
    }

    @Test
    void failsWhenTheTopicIsStillMissing() {
        assertThatThrownBy(() -> check(() -> {}).check("listener", topic))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining(topic);
    }
}
