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

    /** Takes the next batch from a lane in which at least one item is ready. */
    Batch take(Lane lane) {
        if (lane.queriesSource()) {
            return refresh(lane);
        }
        return lane == Lane.DEFER ? defer() : deadLetter(takeFirst(lane));
    }

    private Batch refresh(Lane lane) {
        WorkItem first = Objects.requireNonNull(lanes.first(lane));
        if (first.work() instanceof Work.Undecoded undecoded) {
            RoundProgress decoding = round(IdState.Step.DECODING);
            takeFirst(lane).take(decoding.beganAt(), decoding);
            return new Batch.Decode(first, undecoded, decoding);
        }
        int limit = Math.min(lanes.idsPerQuery(), lanes.ready(lane));
        List<WorkItem> items = new ArrayList<>(limit);
        List<Batch.IdQuery> queries = new ArrayList<>(limit);
        RoundProgress round = round(IdState.Step.QUERY);
        long now = round.beganAt();
        int maxBatchSize = maxBatch;
        while (items.size() < Math.min(limit, maxBatchSize)) {
            WorkItem item = Objects.requireNonNull(lanes.first(lane));
            FailureState failureState = item.failureState();
            int itemMaxBatchSize = failureState == null ? maxBatch : failureState.maxBatchSize();
            boolean fits = itemMaxBatchSize == maxBatchSize && item.work() instanceof Work.Refresh;
            if (!items.isEmpty() && !fits) {
                break; // ids that failed together are retried together, without others
            }
            maxBatchSize = itemMaxBatchSize;
            lanes.remove(lane, item);
            items.add(item);
            WorkState.Running running = item.take(now - timing.settleDelay().toNanos(), round);
            queries.add(query(running, failureState, now));
        }
        return new Batch.Refresh(lane, items, queries, round);
    }

    private RoundProgress round(IdState.Step first) {
        return new RoundProgress(first, clock.getAsLong());
    }

    private Batch.IdQuery query(WorkState.Running running, @Nullable FailureState failureState, long now) {
        Duration absentGrace = timing.absentGrace();
        return new Batch.IdQuery(
                Objects.requireNonNull(running.trigger()),
                failureState == null ? 0 : failureState.unanswered(),
                absentGrace.isZero() || failureState != null && failureState.absentFor(absentGrace, now),
                running.context());
    }

    private Batch defer() {
        int limit = Math.min(Lane.MAX_DEFERRED_PER_ROUND, lanes.ready(Lane.DEFER));
        RoundProgress round = round(IdState.Step.DEFERRAL);
        long now = round.beganAt();
        List<WorkItem> items = new ArrayList<>(limit);
        List<FailureSinks.Deferred> triggers = new ArrayList<>(limit);
        while (items.size() < limit) {
            WorkItem item = takeFirst(Lane.DEFER);
            Trigger trigger = Objects.requireNonNull(item.take(now, round).trigger());
            FailureState failureState = item.failureState();
            items.add(item);
            triggers.add(new FailureSinks.Deferred(
                    trigger, failureState == null ? RetryHistory.NONE : failureState.history(now)));
        }
        return new Batch.Defer(items, triggers, round);
    }

    private Batch deadLetter(WorkItem item) {
        RoundProgress round = round(IdState.Step.DEAD_LETTER);
        Trigger trigger = item.take(round.beganAt(), round).trigger();
        if (item.work() instanceof Work.DeadLetter deadLetter) {
            return new Batch.DeadLetterMessage(item, deadLetter, round);
        }
        Throwable cause = Objects.requireNonNull(item.ensureFailureState().cause());
        return item.work() instanceof Work.Undecoded undecoded
                ? new Batch.DeadLetterMessage(item, undecoded.deadLetter(cause), round)
                : new Batch.DeadLetterTrigger(item, Objects.requireNonNull(trigger), cause, round);
    }

    private WorkItem takeFirst(Lane lane) {
        WorkItem item = Objects.requireNonNull(lanes.first(lane));
        lanes.remove(lane, item);
        return item;
    }
}
