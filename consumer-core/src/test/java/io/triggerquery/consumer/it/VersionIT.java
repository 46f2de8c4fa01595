package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The effects of a trigger's version, with a real broker and real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class VersionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Source(value = "things", version = "version")
    interface VersionedThingSource {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    static final class VersionedThings {

        final ConcurrentMap<String, Long> versions = new ConcurrentHashMap<>();

        @TriggerQueryListener(
                topics = "${things.topic}",
                source = VersionedThingSource.class,
                retryTopic = "${things.topic}.again")
        void project(Thing thing) {
            versions.merge(thing.id(), thing.version(), Math::max);
        }
    }

    private final String topic = "things-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final VersionedThings things = new VersionedThings();
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() throws Exception {
        Broker.create(topic);
        application = ThingsApplication.start(
                things,
                Map.of(
                        "things.topic",
                        topic,
                        "spring.kafka.bootstrap-servers",
                        Broker.address(),
                        "spring.kafka.consumer.group-id",
                        topic,
                        "triggerquery.defaults.defer-after",
                        "500ms",
                        "triggerquery.sources.things.url",
                        source.url()));
    }

    @AfterEach
    void close() {
        application.close();
        source.close();
    }

    private void awaitApplied(String id, long version) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(things.versions).containsEntry(id, version);
            assertThat(Broker.lag(topic, topic)).isZero();
            assertThat(Broker.lag(topic + ".again", topic)).isZero();
        });
    }

    @Test
    void staleAnswerIsQueriedAgainUntilFresh() throws Exception {
        source.versions.put("a", 1L);
        Broker.trigger(topic, "a", "2");
        await().atMost(PATIENCE).until(() -> source.queries.get() >= 4);
        assertThat(Broker.lag(topic, topic)).isEqualTo(1);
        source.versions.put("a", 2L);
        awaitApplied("a", 2);
    }

    @Test
    void alreadyAppliedVersionIsNotQueried() {
        source.versions.put("a", 7L);
        Broker.trigger(topic, "a", "7");
        awaitApplied("a", 7);
        int queries = source.queries.get();
        for (int i = 0; i < 100; i++) {
            Broker.trigger(topic, "a", Integer.toString(i % 7));
        }
        awaitApplied("a", 7);
        assertThat(source.queries).hasValue(queries);
        source.versions.put("a", 8L);
        Broker.trigger(topic, "a", "8");
        awaitApplied("a", 8);
    }

    @Test
    void versionIsKeptWhileTriggerIsDeferred() {
        source.versions.put("a", 1L);
        source.failing.add("a");
        Broker.trigger(topic, "a", "2");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(Broker.readAll(topic + ".again")).hasSizeGreaterThan(1);
            assertThat(Broker.lag(topic, topic)).isZero();
        });
        source.failing.clear();
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("a"));
        int queries = source.queries.get();
        await().atMost(PATIENCE).until(() -> source.queries.get() > queries + 3);
        source.versions.put("a", 2L);
        awaitApplied("a", 2);
    }

    @Test
    void invalidVersionIsLoggedAndLosesNoTrigger(CapturedOutput output) {
        source.versions.put("a", 1L);
        Broker.trigger(topic, "a", "two");
        awaitApplied("a", 1);
        assertThat(output).contains("The version header:triggerquery-version of " + topic);
    }
}
