package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes ready items from a lane and builds the batch of a round.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class BatchBuilder {

    private final Lanes lanes;
    private final EngineSettings.Timing timing;
    private final int maxBatch;
    private final LongSupplier clock;

    BatchBuilder(Lanes lanes, EngineSettings.Timing timing, int maxBatch, LongSupplier clock) {
        this.lanes = lanes;
        this.timing = timing;
        this.maxBatch = maxBatch;
        this.clock = clock;
    }

    /** Takes the next batch of a lane in which at least one item is ready. */
    Batch take(Lane lane) {
        if (lane.asksTheSource()) {
            return refresh(lane);
        }
        return lane == Lane.DEFER ? defer() : deadLetter(takeFirst(lane));
    }

    private Batch refresh(Lane lane) {
        int most = Math.min(lanes.idsAtOnce(), lanes.ready(lane));
        List<WorkItem> taken = new ArrayList<>(most);
        List<Batch.Ask> asks = new ArrayList<>(most);
        int maxBatchSize = maxBatch;
        while (taken.size() < Math.min(most, maxBatchSize)) {
            WorkItem item = Objects.requireNonNull(lanes.first(lane));
            FailureState failureState = item.failureState();
            int its = failureState == null ? maxBatch : failureState.maxBatchSize();
            if (!taken.isEmpty() && its != maxBatchSize) {
                break; // those that failed together are tried together, with no others
            }
            maxBatchSize = its;
            lanes.remove(lane, item);
            taken.add(item);
            asks.add(ask(item, failureState));
        }
        return new Batch.Refresh(lane, taken, asks);
    }

    private Batch.Ask ask(WorkItem item, @Nullable FailureState failureState) {
        long now = clock.getAsLong();
        Duration grace = timing.absentGrace();
        WorkState.Running running = item.take(now - timing.settleDelay().toNanos());
        return new Batch.Ask(
                Objects.requireNonNull(running.trigger()),
                failureState == null ? 0 : failureState.unanswered(),
                grace.isZero() || failureState != null && failureState.absentFor(grace, now));
    }

    private Batch defer() {
        int most = Math.min(Lane.DEFERRED_AT_ONCE, lanes.ready(Lane.DEFER));
        long now = clock.getAsLong();
        List<WorkItem> taken = new ArrayList<>(most);
        List<FailureSinks.Deferred> triggers = new ArrayList<>(most);
        while (taken.size() < most) {
            WorkItem item = takeFirst(Lane.DEFER);
            Trigger trigger = Objects.requireNonNull(item.take(now).trigger());
            FailureState failureState = item.failureState();
            Duration failingFor = failureState == null ? Duration.ZERO : failureState.failingFor(now);
            taken.add(item);
            triggers.add(new FailureSinks.Deferred(trigger, new RetryHistory(item.failures(), failingFor, Duration.ZERO)));
        }
        return new Batch.Defer(taken, triggers);
    }

    private Batch deadLetter(WorkItem item) {
        Trigger trigger = item.take(clock.getAsLong()).trigger();
        return item.work() instanceof Work.DeadLetter deadLetter
                ? new Batch.DeadLetterMessage(item, deadLetter)
                : new Batch.DeadLetterTrigger(
                        item,
                        Objects.requireNonNull(trigger),
                        Objects.requireNonNull(item.failureState().cause()));
    }

    private WorkItem takeFirst(Lane lane) {
        WorkItem item = Objects.requireNonNull(lanes.first(lane));
        lanes.remove(lane, item);
        return item;
    }
}
