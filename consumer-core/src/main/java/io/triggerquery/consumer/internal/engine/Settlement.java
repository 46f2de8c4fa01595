package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Applies the outcomes of a round to its items and their deliveries.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class Settlement {

    /**
     * The time after which a version that the source has not reached is a permanent failure: its sender counts
     * differently.
     */
    private static final Duration VERSION_UNREACHABLE_AFTER = Duration.ofDays(1);

    private final WorkQueue queue;
    private final EngineSettings.Timing timing;
    private final BackOff backOff;
    private final ListenerThrottle throttle;
    private final Admission admission;
    private final FreshReads freshReads;

    /**
     * The result of a round for an item.
     *
     * @param work the work of the round
     * @param failures the number of consecutive failed rounds before it
     * @param outcome the outcome that was applied
     * @param pause the pause before its next round, or zero
     */
    record Step(Work work, int failures, Outcome outcome, Duration pause) {}

    Settlement(
            WorkQueue queue,
            EngineSettings.Timing timing,
            BackOff backOff,
            ListenerThrottle throttle,
            Admission admission,
            FreshReads freshReads) {
        this.queue = queue;
        this.timing = timing;
        this.backOff = backOff;
        this.throttle = throttle;
        this.admission = admission;
        this.freshReads = freshReads;
    }

    /** Ends a round. Returns its notifications. */
    RoundReport settle(Batch batch, List<Outcome> outcomes) {
        boolean wasNearlyFull = queue.retries().nearlyFull();
        queue.lanes().ended(batch.lane());
        boolean counts = throttle.counts(batch, outcomes);
        List<Step> steps = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            WorkItem item = batch.items().get(i);
            Outcome outcome = counts ? effectiveOutcome(item, outcomes.get(i)) : new Outcome.Refused(Duration.ZERO);
            Work work = work(item);
            int failures = item.failures();
            steps.add(new Step(work, failures, outcome, settle(batch.lane(), item, outcome)));
        }
        if (freshReads.isActive()) {
            freshReads.ended(batch, steps);
        }
        boolean becameNearlyFull = !wasNearlyFull && queue.retries().nearlyFull();
        Suspension.Change change = throttle.takeChange();
        return new RoundReport(batch, steps, becameNearlyFull ? queue.retries().limit() : 0, change);
    }

    private static Work work(WorkItem item) {
        Trigger trigger = WorkState.Running.of(item).trigger();
        boolean unchanged = item.work() instanceof Work.Refresh first && first.trigger() == trigger;
        return trigger == null || unchanged ? item.work() : new Work.Refresh(trigger, RetryHistory.NONE);
    }

    /**
     * Returns the outcome that counts: a stale answer after the grace period is a failure, although its state was
     * projected.
     */
    private Outcome effectiveOutcome(WorkItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Stale stale
                && item.ensureFailureState().staleFor(queue.now()).compareTo(timing.staleGrace()) > 0) {
            Trigger trigger = Objects.requireNonNull(WorkState.Running.of(item).trigger());
            boolean unreachable =
                    item.ensureFailureState().failingFor(queue.now()).compareTo(VERSION_UNREACHABLE_AFTER) >= 0;
            FailureKind kind = unreachable ? FailureKind.PERMANENT : FailureKind.RETRYABLE;
            return new Outcome.Failed(new StaleAnswerException(trigger, stale.version()), kind, true);
        }
        return outcome;
    }

    private Duration settle(Lane lane, WorkItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Decoded decoded) {
            decoded(item, decoded.work());
            return Duration.ZERO;
        }
        if (outcome instanceof Outcome.Applied || outcome instanceof Outcome.Forwarded) {
            done(item, outcome);
            return Duration.ZERO;
        }
        recordFailure(item, outcome);
        if (!takeBack(item)) {
            return Duration.ZERO;
        }
        if (outcome instanceof Outcome.Stale) {
            return makeWaiting(
                    item, WorkState.Reason.STALE, item.ensureFailureState().stale(queue.now()));
        }
        if (outcome instanceof Outcome.Unconfirmed) {
            Duration remaining = item.ensureFailureState().remaining(timing.absentGrace(), queue.now());
            return makeWaiting(item, WorkState.Reason.ABSENT, remaining);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return afterFailure(lane, item, failed);
        }
        if (outcome instanceof Outcome.Refused) {
            queue.giveBack(item);
        } else {
            queue.ready(item, item.lane());
        }
        return Duration.ZERO;
    }

    private void recordFailure(WorkItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            if (item.failures() > 0) {
                queue.failedAgain();
            }
            item.ensureFailureState().failed(failed.cause(), failed.answered(), queue.now());
        } else if (outcome instanceof Outcome.Split split) {
            item.ensureFailureState().split(split.cause(), split.maxBatchSize(), split.answered());
        } else if (outcome instanceof Outcome.Unconfirmed) {
            item.ensureFailureState().absent(queue.now());
        }
    }

    private Duration afterFailure(Lane lane, WorkItem item, Outcome.Failed failed) {
        queue.retries().remove(item); // counted again if it remains in memory
        boolean queried = lane.queriesSource(); // a failed send is followed by a query, which may succeed now
        boolean permanent = queried && failed.kind() == FailureKind.PERMANENT;
        if (queried && !permanent && isToBeDeferred(item)) {
            queue.ready(item, item.work() instanceof Work.Undecoded ? Lane.DEAD_LETTER : Lane.DEFER);
        } else if (item.triggeredAgain()) {
            queue.readyWhenSettled(item);
        } else if (permanent) {
            queue.ready(item, Lane.DEAD_LETTER);
        } else {
            return makeWaiting(item, WorkState.Reason.BACK_OFF, backOff.after(failingFor(item)));
        }
        return Duration.ZERO;
    }

    /**
     * Returns whether a failing id leaves the memory now. A record without one does only if it fails by itself, since
     * it can only be dead-lettered.
     */
    private boolean isToBeDeferred(WorkItem item) {
        boolean failedLong = failingFor(item).compareTo(timing.deferAfter()) >= 0;
        if (item.work() instanceof Work.Undecoded) {
            DecoderHealth.OfTopic decoder = item.waiting().get(0).tracker().decoder();
            return item.ensureFailureState().othersDecoded(decoder.timesDecoded()) && failedLong;
        }
        return failedLong
                || queue.pausedIds().contains(item)
                || queue.retries().nearlyFull()
                || throttle.isFullOfFailingIds();
    }

    private Duration failingFor(WorkItem item) {
        return item.ensureFailureState().failingFor(queue.now());
    }

    private Duration makeWaiting(WorkItem item, WorkState.Reason reason, Duration pause) {
        queue.makeWaiting(item, reason, pause);
        return pause;
    }

    /** Replaces the work of a record by the one that it was decoded to. */
    private void decoded(WorkItem item, Work work) {
        boolean recovered = item.failures() > 0;
        for (OpenDelivery delivery : WorkState.Running.of(item).taken()) {
            if (delivery.tracker().assigned()) {
                admission.decoded(delivery, work);
            }
            delivery.tracker().finished();
        }
        queue.remove(item);
        if (recovered) {
            queue.recovered();
        }
    }

    private void done(WorkItem item, Outcome outcome) {
        for (OpenDelivery delivery : WorkState.Running.of(item).taken()) {
            delivery.tracker().settle(delivery);
            delivery.tracker().finished();
        }
        boolean recovered = item.failures() > 0 && outcome instanceof Outcome.Applied;
        if (outcome instanceof Outcome.Forwarded) {
            isolate(item);
        } else if (item.failureState() != null) {
            item.clearFailures();
            queue.recentlyFailed().remove(item.work());
        }
        if (item.hasWaiting()) {
            queue.readyWhenSettled(item);
        } else {
            queue.remove(item);
        }
        if (recovered) {
            queue.recovered();
        }
    }

    /** Remembers an id, so that its next trigger is queried alone, unless it was deferred untried. */
    private void isolate(WorkItem item) {
        if (item.failures() > 0) {
            queue.recentlyFailed().add(item.work());
        }
    }

    /** Returns the deliveries of a round to its item. Returns whether the item still has deliveries. */
    private boolean takeBack(WorkItem item) {
        WorkState.Running running = WorkState.Running.of(item);
        item.takeBack(running);
        running.taken().forEach(delivery -> delivery.tracker().finished());
        if (!item.hasWaiting()) {
            queue.remove(item);
        }
        return item.hasWaiting();
    }
}
