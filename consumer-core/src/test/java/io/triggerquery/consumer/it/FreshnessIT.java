package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import feign.Param;
import feign.RequestLine;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Fresh;
import io.triggerquery.consumer.FreshnessResult.How;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.FreshnessResult.Refused;
import io.triggerquery.consumer.FreshnessResult.TimedOut;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.context.ConfigurableApplicationContext;

/** Callers read their own writes in two instances, whichever has the partition of the id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FreshnessIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final String topic = "fresh-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final VersionedThings things = new VersionedThings();
    private ConfigurableApplicationContext one;
    private ConfigurableApplicationContext other;

    @Source(value = "things", version = "version")
    interface VersionedSource {

        @RequestLine("GET /api/things/{id}")
        ThingsApplication.Thing byId(@Param("id") String id);
    }

    static final class VersionedThings {

        final Map<String, Long> versions = new ConcurrentHashMap<>();

        @TriggerQueryListener(topics = "${things.topic}", source = VersionedSource.class)
        void project(ThingsApplication.Thing thing) {
            versions.merge(thing.id(), thing.version(), Math::max);
        }
    }

    @BeforeAll
    void startTwoInstances() throws Exception {
        Broker.create(topic);
        one = start();
        other = start();
    }

    private ConfigurableApplicationContext start() {
        return ThingsApplication.start(
                things,
                ThingsApplication.settings(topic, source),
                context -> context.registerBean(
                        ProjectedVersions.class,
                        () -> ProjectedVersions.of(topic, ids -> {
                            Map<String, Long> held = new HashMap<>(things.versions);
                            held.keySet().retainAll(ids);
                            return held;
                        })));
    }

    @AfterAll
    void close() {
        one.close();
        other.close();
        source.close();
    }

    private Freshness in(ConfigurableApplicationContext instance) {
        return instance.getBean(Freshness.class);
    }

    @Test
    void callersReadTheirOwnWritesInEitherInstance() throws Exception {
        int before = source.queries.get();
        for (int version = 1; version <= 20; version++) {
            String id = "thing-" + version % 4;
            source.versions.put(id, (long) version);
            assertThat(in(version % 2 == 0 ? one : other).await(topic, id, version, LONG))
                    .isEqualTo(new Fresh(How.APPLIED, OptionalLong.of(version)));
            assertThat(things.versions.get(id)).isEqualTo(version);
            assertThat(in(one).await(topic, id, version, LONG))
                    .isEqualTo(new Fresh(How.ALREADY_PROJECTED, OptionalLong.of(version)));
        }
        assertThat(source.queries).as("one for each write").hasValue(before + 20);

        source.versions.put("thing-0", 21L);
        assertThat(in(one).await(topic, "thing-0", LONG)).isInstanceOf(Fresh.class);
        assertThat(things.versions).containsEntry("thing-0", 21L);
        assertThat(one.getBean(MeterRegistry.class)
                        .get("triggerquery.freshness")
                        .tag("outcome", "already-projected")
                        .timer()
                        .count())
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void concurrentAwaitsInBothInstancesNeverGoBackwards() {
        CompletableFuture<?>[] answers = IntStream.rangeClosed(1, 200)
                .mapToObj(version -> {
                    source.versions.put("both", (long) version);
                    return in(version % 2 == 0 ? one : other)
                            .awaitAsync(topic, "both", version, LONG)
                            .thenAccept(result -> {
                                assertThat(result.isFresh()).isTrue();
                                assertThat(things.versions.get("both")).isGreaterThanOrEqualTo(version);
                            });
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(answers).orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(things.versions).containsEntry("both", 200L);
    }

    @Test
    void awaitDuringOutageOrPauseIsAnswered() throws Exception {
        source.down = true;
        FreshnessResult down = in(one).await(topic, "a", 1, Duration.ofSeconds(2));
        assertThat(down.isFresh()).isFalse();
        assertThat(down).isInstanceOfAny(TimedOut.class, Refused.class);
        source.down = false;
        source.versions.put("a", 1L);
        await().atMost(LONG)
                .until(() -> in(one).await(topic, "a", 1, Duration.ofSeconds(5)).isFresh());

        ListenerOperations listener =
                one.getBean(TriggerListeners.class).operations().get(0);
        listener.pause();
        assertThat(in(one).await(topic, "a", 2, LONG)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.LISTENER_PAUSED);
            assertThat(refused.known().version()).hasValue(1);
        });
        listener.resume();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void closingApplicationAnswersWaitingCallers() {
        source.hanging.add("hangs");
        CompletableFuture<FreshnessResult> waits = in(one).awaitAsync(topic, "hangs", 1, LONG);
        one.close();
        assertThat(waits.join())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
    }
}
