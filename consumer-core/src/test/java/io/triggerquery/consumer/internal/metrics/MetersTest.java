package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import io.triggerquery.consumer.internal.reading.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Each documented meter measures what it promises, with a real engine. */
class MetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, () -> Instant.EPOCH.plusSeconds(3));
    private final ObservedListener things = new ObservedListener("things", "source", "group");
    private final SmallEngine small = new SmallEngine(meters.observe(things));

    private double count(String name) {
        return registry.get("triggerquery." + name)
                .tag("listener", "things")
                .counter()
                .count();
    }

    private double gauge(String name) {
        return registry.get("triggerquery." + name)
                .tag("listener", "things")
                .gauge()
                .value();
    }

    @Test
    void countsTriggersQueriesAndBatchSizes() {
        small.deliver("a", 1);
        small.deliver("b", 1);
        small.deliver("a", 1);
        small.run();
        assertThat(count("triggers")).isEqualTo(3);
        assertThat(count("queries")).isEqualTo(1);
        assertThat(count("queried.ids")).isEqualTo(2);
        assertThat(count("applied")).isEqualTo(2);
        var staleness = registry.get("triggerquery.staleness").timer();
        assertThat(staleness.count()).isEqualTo(2);
        assertThat(staleness.max(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(staleness.takeSnapshot().histogramCounts())
                .as("from 50 ms to 30 min; the objective of the alerts is 10 s")
                .hasSize(12)
                .anySatisfy(bucket -> {
                    assertThat(bucket.bucket(TimeUnit.SECONDS)).isEqualTo(10);
                    assertThat(bucket.count()).isEqualTo(2);
                });
    }

    /** The sender's clock may be ahead. */
    @Test
    void triggerSentInTheFutureIsNotStale() {
        var early = new SmallEngine(new Meters(registry, () -> Instant.EPOCH.minusSeconds(60)).observe(things));
        early.deliver("a", 1);
        early.run();
        var staleness = registry.get("triggerquery.staleness").timer();
        assertThat(staleness.count()).isEqualTo(1);
        assertThat(staleness.max(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void countsLossesAndReadFailures() {
        var reading = meters.observeReading(things);
        reading.lost(new Loss(new TopicPartition("things", 0), Loss.Kind.DELETED, 10, 3_010));
        reading.failed(Duration.ofSeconds(1), "as asked");
        assertThat(count("lost")).isEqualTo(3_000);
        assertThat(count("read.failures")).isEqualTo(1);
    }

    @Test
    void countsAlreadyAppliedTriggers() {
        small.deliver("a", 1);
        small.run();
        small.deliver("a", 0);
        small.run();
        assertThat(count("already.applied")).isEqualTo(1);
        assertThat(count("queries")).isEqualTo(1);
    }

    @Test
    void countsSplitBatchesAndFailuresOfIsolatedIds() {
        small.failing.put("bad", new IllegalStateException("as asked"));
        small.deliver("good", 1);
        small.deliver("bad", 1);
        small.run();
        assertThat(count("splits")).isEqualTo(1);
        assertThat(count("failures")).isEqualTo(1);
        assertThat(count("applied")).isEqualTo(1);
    }

    @Test
    void countsFailuresByClassOfCause() {
        small.failing.put("a", new IllegalStateException("as asked"));
        small.deliver("a", 1);
        small.run();
        assertThat(causes("IllegalStateException")).isEqualTo(1);
        var listener = meters.observe(things);
        var work = new Work.DeadLetter("things-0@4", "is JSON", () -> {});
        listener.failed(
                work,
                1,
                Duration.ZERO,
                new FailureSummary(FailureKind.REJECTED, "feign.FeignException$Conflict", "409"));
        assertThat(causes("FeignException$Conflict")).isEqualTo(1);
    }

    @Test
    void tooManyCauseClassesShareOneCounter() {
        var listener = meters.observe(things);
        for (int i = 0; i < FailureCauses.MAX_CLASSES + 10; i++) {
            var cause = new FailureSummary(FailureKind.RETRYABLE, "generated.Failure" + i, "as asked");
            listener.failed(new Work.Ignored("things-0@0"), 1, Duration.ZERO, cause);
        }
        assertThat(causes("other")).isEqualTo(10);
        assertThat(registry.find("triggerquery.failure.causes").counters()).hasSize(FailureCauses.MAX_CLASSES + 1);
    }

    private double causes(String exception) {
        return registry.get("triggerquery.failure.causes")
                .tags("listener", "things", "exception", exception)
                .counter()
                .count();
    }

    @Test
    void showsSuspensionByFailuresOrAbsences() {
        meters.created(things, small.engine);
        assertThat(gauge("suspended")).isZero();
        for (int i = 0; i < 20; i++) {
            small.failing.put("bad" + i, new IllegalStateException("as asked"));
            small.deliver("bad" + i, 1);
        }
        small.run();
        for (int i = 0; i < 30; i++) {
            small.advance(Duration.ofSeconds(1));
        }
        assertThat(gauge("suspended")).isEqualTo(1);
        assertThat(gauge("absences.held")).isZero();
    }

    @Test
    void countsStaleAnswers() {
        small.deliver("a", 2);
        small.run();
        assertThat(count("stale")).isEqualTo(1);
        assertThat(count("applied")).isZero();
        small.versions.put("a", 2L);
        small.advance(Duration.ofMillis(100));
        assertThat(count("applied")).isEqualTo(1);
    }

    @Test
    void countsRefusalsAndShowsHeldListener() {
        meters.created(things, small.engine);
        assertThat(gauge("held")).isZero();
        small.refusing = true;
        small.deliver("a", 1);
        small.run();
        assertThat(count("refusals")).isEqualTo(1);
        assertThat(count("queries")).isZero();
        assertThat(gauge("held")).isEqualTo(1);
        assertThat(gauge("ready")).isEqualTo(1);
    }

    @Test
    void countsIgnoredRecordsAsReceived() {
        small.deliver(new Work.Ignored("things-0@3"));
        small.deliver(new Work.DeadLetter("things-0@4", "is JSON", () -> {}));
        assertThat(count("triggers")).isEqualTo(2);
        assertThat(count("ignored")).isEqualTo(1);
    }

    @Test
    void countsDeferralsDeadLettersAndInvalidMessages() {
        small.failing.put("a", new IllegalStateException("as asked"));
        small.deliver("a", 1);
        small.run();
        small.advance(Duration.ofMinutes(2));
        small.run();
        assertThat(count("deferred")).isEqualTo(1);
        small.kind = FailureKind.PERMANENT;
        small.failing.put("b", new IllegalStateException("as asked"));
        small.deliver("b", 1);
        small.deliver(new Work.DeadLetter("things-0@3", "is JSON", () -> {}));
        small.run();
        assertThat(count("dead.lettered")).isEqualTo(1);
        assertThat(count("invalid")).isEqualTo(1);
    }

    @Test
    void showsPendingWeightAndLongestFailingTime() {
        meters.created(things, small.engine);
        assertThat(gauge("stuck.oldest.seconds")).isZero();
        small.failing.put("a", new IllegalStateException("as asked"));
        small.deliver("a", 1);
        small.run();
        small.advance(Duration.ofMillis(500));
        small.deliver("b", 1);
        assertThat(gauge("pending")).isEqualTo(2);
        assertThat(gauge("ready")).isEqualTo(1);
        assertThat(gauge("waiting")).isEqualTo(1);
        assertThat(gauge("running")).isZero();
        assertThat(gauge("stuck.oldest.seconds")).isEqualTo(0.5);
    }
}
