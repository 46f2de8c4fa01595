package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/** Counts what an engine does; see {@link Meters}. */
final class MeteredListener implements EngineListener {

    /** The upper bounds of the buckets of the staleness, in milliseconds. */
    private static final Duration[] STALENESS_BUCKETS = LongStream.of(
                    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 1_800_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Counter triggers;
    private final Counter ignored;
    private final Counter alreadyApplied;
    private final Counter queries;
    private final Counter queriedIds;
    private final Counter applied;
    private final Counter failures;
    private final FailureCauses causes;
    private final Counter splits;
    private final Counter stale;
    private final Counter refusals;
    private final Counter deferred;
    private final Counter deadLettered;
    private final Counter deadLetters;
    private final Timer staleness;
    private final InstantSource clock;

    MeteredListener(MeterRegistry registry, String listenerId, InstantSource clock) {
        Function<String, Counter> counter = name -> registry.counter("triggerquery." + name, "listener", listenerId);
        this.triggers = counter.apply("triggers");
        this.ignored = counter.apply("ignored");
        this.alreadyApplied = counter.apply("already.applied");
        this.queries = counter.apply("queries");
        this.queriedIds = counter.apply("queried.ids");
        this.applied = counter.apply("applied");
        this.failures = counter.apply("failures");
        this.causes = new FailureCauses(registry, listenerId);
        this.splits = counter.apply("splits");
        this.stale = counter.apply("stale");
        this.refusals = counter.apply("refusals");
        this.deferred = counter.apply("deferred");
        this.deadLettered = counter.apply("dead.lettered");
        this.deadLetters = counter.apply("invalid");
        this.staleness = Timer.builder("triggerquery.staleness")
                .tag("listener", listenerId)
                .serviceLevelObjectives(STALENESS_BUCKETS)
                .register(registry);
        this.clock = clock;
    }

    @Override
    public void received(TopicPartition partition, Work work) {
        triggers.increment();
    }

    @Override
    public void ignored() {
        ignored.increment();
    }

    @Override
    public void alreadyApplied(Trigger trigger) {
        alreadyApplied.increment();
    }

    @Override
    public void queried(int ids) {
        queries.increment();
        queriedIds.increment(ids);
    }

    @Override
    public void applied(Work work, int failuresInARow) {
        if (work instanceof Work.Refresh refresh) {
            applied.increment();
            long millis = clock.millis() - refresh.trigger().producedAt().toEpochMilli();
            staleness.record(Math.max(0, millis), TimeUnit.MILLISECONDS); // a timer ignores negative values
        }
    }

    @Override
    public void deadLettered(Work.DeadLetter message) {
        deadLetters.increment();
    }

    @Override
    public void failed(Work work, int failuresInARow, Duration retryIn, Throwable cause) {
        failures.increment();
        causes.count(cause);
    }

    @Override
    public void split(int ids, Throwable cause) {
        splits.increment();
    }

    @Override
    public void stale(Trigger trigger, OptionalLong answered) {
        stale.increment();
    }

    @Override
    public void refused(int ids, Duration pause) {
        refusals.increment();
    }

    @Override
    public void deferred(Trigger trigger, int failuresInARow) {
        deferred.increment();
    }

    @Override
    public void deadLettered(Trigger trigger, Throwable cause) {
        deadLettered.increment();
    }
}
