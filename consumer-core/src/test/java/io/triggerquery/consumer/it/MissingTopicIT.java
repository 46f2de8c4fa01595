package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** A misspelled topic fails the start; an unavailable broker does not. */
@ExtendWith(OutputCaptureExtension.class)
class MissingTopicIT {

    private static SourceServer source;

    private final String later = "later-" + UUID.randomUUID();
    private final Things things = new Things();

    @BeforeAll
    static void startSource() throws Exception {
        source = new SourceServer();
        source.versions.put("a", 1L);
    }

    @AfterAll
    static void stopSource() throws Exception {
        source.close();
    }

    private static Map<String, String> settings(String broker) {
        return Map.of(
                "things.topic", "no-such-topic",
                "spring.kafka.bootstrap-servers", broker,
                "triggerquery.sources.things.url", "http://127.0.0.1:9");
    }

    @Test
    void missingTopicFailsStart(CapturedOutput output) {
        assertThatThrownBy(() -> ThingsApplication.start(new Things(), settings(Broker.address())));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The topic 'no-such-topic' of the trigger listener 'no-such-topic' does not exist.");
    }

    @Test
    void startsWhileBrokerIsUnavailable(CapturedOutput output) {
        try (var application = ThingsApplication.start(new Things(), settings("127.0.0.1:9"))) {
            assertThat(application.isRunning()).isTrue();
            assertThat(output).contains("Cannot check that the topics [no-such-topic] exist");
        }
    }

    /** Triggers sent before the creation was noticed must not be skipped. */
    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest"})
    void awaitedTopicIsReadFromItsBeginningWhenItExists(String reset) throws Exception {
        var settings = waiting(reset);
        try (var application = ThingsApplication.start(things, settings)) {
            assertThat(application.isRunning()).isTrue();
            Broker.create(later);
            Broker.trigger(later, "a");
            awaitApplied();
        }
    }

    @Test
    void topicOfLaterStartedListenerIsCheckedAtItsStart() throws Exception {
        var settings = new HashMap<>(waiting("latest"));
        settings.put("triggerquery.listeners." + later + ".missing-topics", "fail");
        settings.put("triggerquery.listeners." + later + ".auto-startup", "false");
        try (var application = ThingsApplication.start(things, settings)) {
            MessageListenerContainer container =
                    application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(later);
            assertThatThrownBy(container::start)
                    .hasMessage("The topic '" + later + "' of the trigger listener '" + later + "' does not exist.");
            assertThat(container.isRunning()).isFalse();
            Broker.create(later);
            Broker.trigger(later, "a");
            container.start();
            assertThat(container.isRunning()).isTrue();
            awaitApplied();
        }
    }

    @Test
    void laterStartedListenerCreatesItsTopic() throws Exception {
        var settings = new HashMap<>(waiting("latest"));
        settings.put("triggerquery.listeners." + later + ".missing-topics", "create");
        settings.put("triggerquery.listeners." + later + ".auto-startup", "false");
        try (var application = ThingsApplication.start(things, settings)) {
            MessageListenerContainer container =
                    application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(later);
            // sent when the topic exists, and before a consumer has a partition of it
            container.getContainerProperties().setListenerTaskExecutor(new SimpleAsyncTaskExecutor() {
                @Override
                public void execute(Runnable task) {
                    Broker.trigger(later, "a");
                    Broker.flush();
                    super.execute(task);
                }
            });
            container.start();
            awaitApplied();
        }
    }

    private Map<String, String> waiting(String reset) {
        var settings = new HashMap<>(settings(Broker.address()));
        settings.put("things.topic", later);
        settings.put("triggerquery.sources.things.url", source.url());
        settings.put("triggerquery.listeners." + later + ".missing-topics", "wait");
        settings.put("spring.kafka.consumer.properties.metadata.max.age.ms", "500");
        settings.put("spring.kafka.consumer.auto-offset-reset", reset);
        return settings;
    }

    private void awaitApplied() {
        await().atMost(Duration.ofSeconds(90)).until(() -> things.versions.containsKey("a"));
    }
}
