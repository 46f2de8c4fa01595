package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A misspelt topic is an error at start-up; a broker that is away is not. */
@ExtendWith(OutputCaptureExtension.class)
class MissingTopicIT {

    private static Map<String, String> settings(String broker) {
        return Map.of(
                "things.topic", "no-such-topic",
                "spring.kafka.bootstrap-servers", broker,
                "triggerquery.sources.things.url", "http://127.0.0.1:9");
    }

    @Test
    void aTopicThatDoesNotExist(CapturedOutput output) {
        assertThatThrownBy(() -> ThingsApplication.start(new Things(), settings(Broker.address())));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The topic 'no-such-topic' of the trigger listener 'no-such-topic' does not exist.");
    }

    @Test
    void startsWhileTheBrokerIsAway(CapturedOutput output) {
        try (var application = ThingsApplication.start(new Things(), settings("127.0.0.1:9"))) {
            assertThat(application.isRunning()).isTrue();
            assertThat(output).contains("Cannot check that the topics [no-such-topic] exist");
        }
    }
}
