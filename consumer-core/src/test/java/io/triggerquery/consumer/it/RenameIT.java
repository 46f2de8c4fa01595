package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Triggers left in the retry topic of a former name cause a warning, and can be moved. */
@ExtendWith(OutputCaptureExtension.class)
class RenameIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FAILING = 15;

    private final String topic = "renamed-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final Listener listener = new Listener();

    /** A listener with a configurable retry topic. */
    static final class Listener {

        private final Set<String> projected = ConcurrentHashMap.newKeySet();

        @TriggerQueryListener(
                id = "things",
                topics = "${things.topic}",
                retryTopic = "${things.retry-topic:}",
                source = ThingSource.class)
        void project(Thing thing) {
            projected.add(thing.id());
        }
    }

    @BeforeEach
    void createTopic() throws Exception {
        Broker.create(topic);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private ConfigurableApplicationContext start(String group, String retryTopic) {
        return ThingsApplication.start(
                listener,
                Map.of(
                        "things.topic",
                        topic,
                        "things.retry-topic",
                        retryTopic,
                        "spring.kafka.bootstrap-servers",
                        Broker.address(),
                        "spring.kafka.consumer.group-id",
                        group,
                        "triggerquery.defaults.defer-after",
                        "0s",
                        "triggerquery.defaults.back-off.initial",
                        "1h",
                        "triggerquery.defaults.back-off.max",
                        "1h",
                        "triggerquery.sources.things.url",
                        source.url()));
    }

    /** Prepares triggers that have failed and wait in the retry topic, as before a renaming. */
    private void deferAll(String group, String retryTopic, String deferredIn) throws Exception {
        try (var application = start(group, retryTopic)) {
            for (int i = 0; i < FAILING; i++) {
                source.versions.put("t-" + i, 1L);
                source.failing.add("t-" + i);
                Broker.trigger(topic, "t-" + i);
            }
            await().atMost(PATIENCE).until(() -> Broker.count(deferredIn) >= FAILING && Broker.lag(topic, group) == 0);
            assertThat(application.isRunning()).isTrue();
        }
        source.failing.clear();
    }

    private void assertDrained(String group, String retryTopic, String old, CapturedOutput output) {
        try (var application = start(group, retryTopic)) {
            // one that has failed again before the end occurs twice
            assertThat(output)
                    .containsPattern("things: \\d\\d deferred triggers are in " + old + ", which no consumer reads")
                    .contains("/actuator/triggerquery/things/drain/" + old);
            ListenerOperations listening =
                    application.getBean(TriggerListeners.class).operations().get(0);
            assertThat(listening.drain(old)).matches("\\d\\d sent to .*");
            await().atMost(PATIENCE).until(() -> listener.projected.size() == FAILING);
        }
        int before = output.length();
        try (var application = start(group, retryTopic)) {
            assertThat(output.toString().substring(before)).doesNotContain("which no consumer reads");
            assertThat(application.isRunning()).isTrue();
        }
    }

    @Test
    void renamedGroup(CapturedOutput output) throws Exception {
        String old = topic + "-before-retry";
        deferAll("before", "", old);
        try (var after = start("after", "")) {
            // the former group may still have its member, and the triggers are read again from the earliest offset
            assertThat(after.isRunning()).isTrue();
        }
        listener.projected.clear();
        assertDrained("after", "", old, output);
    }

    @Test
    void renamedRetryTopic(CapturedOutput output) throws Exception {
        String old = topic + "-old-name";
        String group = topic;
        deferAll(group, old, old);
        assertDrained(group, topic + "-new-name", old, output);
    }

    @Test
    void retryTopicOfAnotherActiveGroupCausesNoWarning(CapturedOutput output) throws Exception {
        source.failing.add("a");
        source.versions.put("a", 1L);
        try (var other = start("other", "")) {
            Broker.trigger(topic, "a");
            await().atMost(PATIENCE).until(() -> Broker.count(topic + "-other-retry") > 0);
            try (var mine = start("mine", "")) {
                assertThat(other.isRunning() && mine.isRunning()).isTrue();
            }
        }
        assertThat(output).doesNotContain("which no consumer reads");
    }
}
