package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Many ids in one query and one call of the listener, on a real broker and real HTTP. */
class BatchIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Source(value = "things", id = "id", version = "version", absence = Absence.NOT_FOUND)
    interface ManyThingsSource {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine(value = "GET /api/things?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    static final class ManyThings {

        final ConcurrentMap<String, Long> versions = new ConcurrentHashMap<>();
        final AtomicInteger calls = new AtomicInteger();

        @TriggerQueryListener(topics = "${things.topic}", source = ManyThingsSource.class)
        void project(List<Snapshot<Thing>> snapshots) {
            calls.incrementAndGet();
            for (Snapshot<Thing> snapshot : snapshots) {
                if (snapshot instanceof Snapshot.Found<Thing> found) {
                    versions.merge(found.id(), found.state().version(), Math::max);
                } else {
                    versions.remove(snapshot.id());
                }
            }
        }
    }

    private final String topic = "things-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final ManyThings things = new ManyThings();
    private ConfigurableApplicationContext application;

    @BeforeEach
    void createTopic() throws Exception {
        Broker.create(topic);
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
        source.close();
    }

    private void start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "triggerquery.defaults.absent-grace",
                "200ms",
                "triggerquery.sources.things.url",
                source.url()));
        application = ThingsApplication.start(things, settings);
    }

    private void change(String id) {
        source.versions.merge(id, 1L, Long::sum);
        Broker.trigger(topic, id);
    }

    private void awaitConverged() {
        await().atMost(PATIENCE).until(() -> things.versions.equals(source.versions));
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
    }

    @Test
    void queriesAndProjectsManyIdsTogether() {
        IntStream.range(0, 5_000).forEach(i -> change("thing-" + i));
        start();
        awaitConverged();
        assertThat(source.largest).hasValueBetween(10, 100);
        assertThat(source.queries).hasValueLessThan(2_500);
        assertThat(things.calls).hasValueLessThan(2_500);
    }

    @Test
    void g5_idThatFailsItsBatchIsFoundAndDelaysNoOther() {
        IntStream.range(0, 1_000).forEach(i -> change("thing-" + i));
        source.failing.add("thing-500");
        start();
        await().atMost(PATIENCE).until(() -> things.versions.size() == 999);
        assertThat(things.versions).doesNotContainKey("thing-500");
        source.failing.clear();
        awaitConverged();
    }

    @Test
    void idMissingAtSourceIsProjectedAsAbsent() {
        start();
        IntStream.range(0, 50).forEach(i -> change("thing-" + i));
        awaitConverged();
        IntStream.range(0, 25).forEach(i -> {
            source.versions.remove("thing-" + i);
            Broker.trigger(topic, "thing-" + i);
        });
        awaitConverged();
        assertThat(things.versions).hasSize(25);
    }

    /**
     * Triggers of ids in Zipf's distribution with exponent 1. At full size: {@code ./mvnw -pl
     * consumer-core verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=BatchIT
     * -Dzipf.triggers=100000}.
     */
    @Test
    void triggersOfHotIdsCauseFewQueries() {
        int triggers = Integer.getInteger("zipf.triggers", 10_000);
        double[] upTo = new double[1_000];
        for (int rank = 1; rank <= upTo.length; rank++) {
            upTo[rank - 1] = (rank == 1 ? 0 : upTo[rank - 2]) + 1.0 / rank;
        }
        var random = new Random(1);
        start();
        for (int i = 0; i < triggers; i++) {
            int place = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            change("thing-" + (place < 0 ? -place - 1 : place));
        }
        awaitConverged();
        System.out.printf(
                "Zipf(1.0), 1,000 ids: %,d triggers, %,d queries, %.4f queries per trigger%n",
                triggers, source.queries.get(), source.queries.get() / (double) triggers);
        assertThat(source.queries.get()).isLessThan(triggers / 4);
    }
}
