package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
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

    /** After so long the source will not reach a trigger's version: its sender counts differently. */
    private static final Duration NEVER_REACHED_AFTER = Duration.ofDays(1);

    private final WorkQueue queue;
    private final EngineSettings.Timing timing;
    private final BackOff backOff;
    private final ListenerThrottle throttle;

    /**
     * What came of an item.
     *
     * @param work what the round was to do
     * @param failures how many rounds had failed in a row before it
     * @param outcome the outcome that counted
     * @param pause before its next round, if there is one
     */
    record Step(Work work, int failures, Outcome outcome, Duration pause) {}

    Settlement(WorkQueue queue, EngineSettings.Timing timing, BackOff backOff, ListenerThrottle throttle) {
        this.queue = queue;
        this.timing = timing;
        this.backOff = backOff;
        this.throttle = throttle;
    }

    /** Ends a round. Returns what is to be told of it. */
    RoundReport settle(Batch batch, List<Outcome> outcomes) {
        boolean wasNearlyFull = queue.retries().nearlyFull();
        queue.lanes().ended(batch.lane());
        boolean counts = throttle.counts(batch, outcomes);
        List<Step> steps = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            WorkItem item = batch.items().get(i);
            Outcome outcome = counts ? judge(item, outcomes.get(i)) : new Outcome.Refused(Duration.ZERO);
            Work work = work(item);
            int failures = item.failures();
            steps.add(new Step(work, failures, outcome, settle(batch.lane(), item, outcome)));
        }
        boolean fills = !wasNearlyFull && queue.retries().nearlyFull();
        Suspension.Change change = throttle.takeChange();
        return new RoundReport(batch, steps, fills ? queue.retries().limit() : 0, change);
    }

    private static Work work(WorkItem item) {
        Trigger trigger = WorkState.Running.of(item).trigger();
        boolean asAtFirst = item.work() instanceof Work.Refresh first && first.trigger() == trigger;
        return trigger == null || asAtFirst ? item.work() : new Work.Refresh(trigger, RetryHistory.NONE);
    }

    /** What is stale for too long has failed; its state is projected all the same. */
    private Outcome judge(WorkItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Stale stale
                && item.ensureFailureState().staleFor(queue.now()).compareTo(timing.staleGrace()) > 0) {
            Trigger trigger = Objects.requireNonNull(WorkState.Running.of(item).trigger());
            boolean never = item.ensureFailureState().failingFor(queue.now()).compareTo(NEVER_REACHED_AFTER) >= 0;
            FailureKind kind = never ? FailureKind.PERMANENT : FailureKind.RETRYABLE;
            return new Outcome.Failed(new StaleAnswerException(trigger, stale.version()), kind, true);
        }
        return outcome;
    }

    private Duration settle(Lane lane, WorkItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Applied || outcome instanceof Outcome.Forwarded) {
            done(item, outcome);
            return Duration.ZERO;
        }
        note(item, outcome);
        if (!takeBack(item)) {
            return Duration.ZERO;
        }
        if (outcome instanceof Outcome.Stale) {
            return await(item, WorkState.Reason.STALE, item.ensureFailureState().stale(queue.now()));
        }
        if (outcome instanceof Outcome.Unconfirmed) {
            Duration rest = item.ensureFailureState().restOf(timing.absentGrace(), queue.now());
            return await(item, WorkState.Reason.ABSENT, rest);
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

    private void note(WorkItem item, Outcome outcome) {
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
        FailureState failureState = item.ensureFailureState();
        queue.retries().remove(item); // it is counted again if it stays
        boolean asked = lane.asksTheSource(); // else it could not be put aside, and perhaps it has healed
        boolean permanent = asked && failed.kind() == FailureKind.PERMANENT;
        if (asked && !permanent && isToBeDeferred(failureState)) {
            queue.ready(item, Lane.DEFER);
        } else if (item.triggeredAgain()) {
            queue.readyWhenSettled(item);
        } else if (permanent) {
            queue.ready(item, Lane.DEAD_LETTER);
        } else {
            return await(item, WorkState.Reason.BACK_OFF, backOff.after(failureState.failingFor(queue.now())));
        }
        return Duration.ZERO;
    }

    private boolean isToBeDeferred(FailureState failureState) {
        return failureState.failingFor(queue.now()).compareTo(timing.deferAfter()) >= 0
                || queue.retries().nearlyFull()
                || throttle.isFullOfFailingIds();
    }

    private Duration await(WorkItem item, WorkState.Reason reason, Duration pause) {
        queue.await(item, reason, pause);
        return pause;
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
            item.outOfTrouble();
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

    /** Lets the next trigger of an id be tried alone, unless this one was deferred untried. */
    private void isolate(WorkItem item) {
        if (item.failures() > 0) {
            queue.recentlyFailed().add(item.work());
        }
    }

    /** Puts a round's deliveries back and says whether any of them is still wanted. */
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
