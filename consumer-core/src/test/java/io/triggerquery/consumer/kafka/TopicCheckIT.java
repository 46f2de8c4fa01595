package io.triggerquery.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.it.Broker;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

class TopicCheckIT {

    private final String topic = "things-" + UUID.randomUUID();
    private final TopicCheck check =
            new TopicCheck("listener", topic, new Cluster(Map.of("bootstrap.servers", Broker.address())));

    @Test
    void findsTheTopic() throws Exception {
        Broker.create(topic);
        check.run(() -> {
            throw new AssertionError("nothing is missing");
        });
    }

    @Test
    void createsWhatTheApplicationDeclaresIfTheBrokerWasAwayBefore() {
        check.run(() -> {
            try {
                Broker.create(topic);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    @Test
    void failsWhenTheTopicIsStillMissing() {
        assertThatThrownBy(() -> check.run(() -> {}))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining(topic);
    }
}
