package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.internal.monitor.ConsistencyReport;
import io.triggerquery.consumer.internal.monitor.Violation;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A change without a trigger is found, reported and repaired, with a real broker and two instances. */
class ConsistencyMonitorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "things-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final Projection projection = new Projection();

    @Source(value = "things", id = "id", version = "version")
    interface VersionedThings {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine(value = "GET /api/things?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    static final class Projection {

        final Map<String, Long> versions = new ConcurrentHashMap<>();

        @TriggerQueryListener(topics = "${things.topic}", source = VersionedThings.class)
        void project(Thing thing) {
            versions.merge(thing.id(), thing.version(), Math::max);
        }
    }

    private record Listed(String listener, Projection projection) implements ProjectedIds {

        @Override
        public Page page(String cursor) {
            return new Page(entries(projection.versions.keySet()), null);
        }

        @Override
        public List<Entry> entries(Collection<String> ids) {
            return ids.stream()
                    .filter(projection.versions::containsKey)
                    .map(id -> Entry.of(id, projection.versions.get(id)))
                    .toList();
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

    private ConfigurableApplicationContext start() {
        Map<String, String> settings = ThingsApplication.settings(topic, source);
        settings.put("triggerquery.defaults.consistency.rate", "100");
        return ThingsApplication.start(
                projection,
                settings,
                context -> context.registerBean(ProjectedVersions.class, () -> new Listed(topic, projection)));
    }

    private ConsistencyReport report(ConfigurableApplicationContext instance) {
        return instance.getBean(TriggerListeners.class)
                .operations()
                .get(0)
                .monitor()
                .orElseThrow()
                .report(topic);
    }

    @Test
    void unpublishedChangeIsReportedAndRepaired() throws Exception {
        IntStream.range(0, 50).forEach(i -> source.versions.put("thing-%03d".formatted(i), 1L));
        projection.versions.put("thing-007", 1L);
        source.versions.put("thing-007", 2L); // without a trigger
        try (var one = start();
                var other = start()) {
            source.versions.keySet().stream()
                    .filter(id -> !id.equals("thing-007"))
                    .forEach(id -> Broker.trigger(topic, id));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(projection.versions).isEqualTo(source.versions));
            List<ConsistencyReport> reports = List.of(report(one), report(other));
            List<Violation> found =
                    reports.stream().flatMap(report -> report.last().stream()).toList();
            assertThat(found)
                    .extracting(Violation::id, Violation::cause, Violation::answered, Violation::projected)
                    .containsExactly(tuple("thing-007", "no-trigger-seen", 2L, 1L));
            assertThat(counted(one) + counted(other)).isEqualTo(1);
            await("checks of received triggers").atMost(PATIENCE).until(() -> {
                Broker.trigger(topic, "thing-001"); // the others may have arrived before the first sample
                return checkedTriggers(one) + checkedTriggers(other) > 0;
            });
        }
    }

    private long checkedTriggers(ConfigurableApplicationContext instance) {
        return report(instance).measures().stream()
                .filter(share -> share.measure().equals("1s"))
                .mapToLong(ConsistencyReport.Share::checked)
                .sum();
    }

    private static double counted(ConfigurableApplicationContext instance) {
        return instance.getBean(MeterRegistry.class)
                .get("triggerquery.consistency.violations")
                .tag("cause", "no-trigger-seen")
                .counter()
                .count();
    }
}
