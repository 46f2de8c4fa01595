package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
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

    @Test
    void aTopicThatIsWaitedForIsReadOnceItExists() throws Exception {
        String later = "later-" + UUID.randomUUID();
        var things = new Things();
        try (var source = new SourceServer()) {
            source.versions.put("a", 1L);
            var settings = new HashMap<>(settings(Broker.address()));
            settings.put("things.topic", later);
            settings.put("triggerquery.sources.things.url", source.url());
            settings.put("triggerquery.listeners." + later + ".missing-topics", "wait");
            settings.put("spring.kafka.consumer.properties.metadata.max.age.ms", "500");
            try (var application = ThingsApplication.start(things, settings)) {
                assertThat(application.isRunning()).isTrue();
                Broker.create(later);
                Broker.trigger(later, "a");
                await().atMost(Duration.ofSeconds(30)).until(() -> things.versions.containsKey("a"));
            }
        }
    }
}
