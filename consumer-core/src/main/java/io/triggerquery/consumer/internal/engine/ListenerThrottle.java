package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pauses, slows down and defers work of the whole listener, based on the outcomes of its rounds.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class ListenerThrottle {

    /** The duration of a suspension after which untried ids are deferred, if ids may have caused it. */
    private static final Duration DEFER_UNTRIED_AFTER = Duration.ofMinutes(1);

    /** The interval between deferrals, each of which iterates over all pending ids. */
    private static final Duration DEFERRAL_INTERVAL = Duration.ofMillis(100);

    /** The pause of deferrals after the retry topic or the dead-letter topic could not be written. */
    private static final Duration DEFERRAL_PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** The number of consecutive failed rounds of failing ids after which the following ones are paced. */
    private static final int FAILED_RETRIES_BEFORE_PACING = 20;

    private final WorkQueue queue;
    private final WorkQueue.ActionScheduler scheduler;
    private final PendingLimit pendingLimit;
    private final Suspension suspension;
    private final OverloadDeferral overloadDeferral;
    private int failedRetries;
    private long nextDeferral;
    private long queriesResumeAt;

    ListenerThrottle(
            WorkQueue queue,
            WorkQueue.ActionScheduler scheduler,
            PendingLimit pendingLimit,
            Suspension.Evidence needed) {
        this.queue = queue;
        this.scheduler = scheduler;
        this.pendingLimit = pendingLimit;
        this.suspension = new Suspension(needed);
        this.overloadDeferral = new OverloadDeferral(queue);
        this.nextDeferral = queue.now();
    }

    /** Returns the current suspension, or null if there is none or no work is left. */
    Suspension.@Nullable Active suspended() {
        return queue.items().isEmpty() ? null : suspension.active();
    }

    /** Returns whether no queries are sent, or only probes. */
    boolean held() {
        return queue.lanes().queriesStopped() || suspended() != null;
    }

    /** Returns how long no query is sent; zero if one may be sent now. */
    Duration queriesResumeIn() {
        return queue.lanes().queriesStopped()
                ? Duration.ofNanos(Math.max(0, queriesResumeAt - queue.now()))
                : Duration.ZERO;
    }

    /** Returns how the last round has changed the suspension, or null. */
    Suspension.@Nullable Change takeChange() {
        return suspension.takeChange();
    }

    /** Evaluates a round. Returns whether its failures count against its ids. */
    boolean counts(Batch batch, List<Outcome> outcomes) {
        if (!batch.lane().queriesSource()) {
            delayDeferralAfterFailure(outcomes.get(0));
            return true;
        }
        if (outcomes.get(0) instanceof Outcome.Refused refused) {
            stopQueries(refused.holdFor());
            return true;
        }
        if (outcomes.get(0) instanceof Outcome.Decoded) {
            suspension.decoded(outcomes, queue.now()); // says nothing of the source or the database
            return true;
        }
        boolean failed = allFailed(outcomes);
        if (failed) {
            queue.lanes().failed(batch.lane(), outcomes.size());
        } else {
            queue.lanes().succeeded(outcomes.size());
            suspension.succeeded(outcomes, queue.now());
        }
        boolean counts = !failed || !suspension.failed(batch.items(), outcomes, queue.now(), this::forgive);
        if (!counts && !queue.lanes().queriesStopped()) {
            stopQueries(suspension.nextPause());
        }
        slowRetries(batch.lane(), failed);
        queue.lanes().serveNewestFirst(suspension.prefersNewest());
        return counts;
    }

    /** Removes an item's last failure, and makes the item ready if it waits because of that. */
    private void forgive(WorkItem item) {
        FailureState failureState = item.failureState();
        boolean isIdle = queue.has(item) && !(item.state() instanceof WorkState.Running);
        if (failureState == null || !isIdle) {
            return;
        }
        boolean waitsToSettle = item.state() instanceof WorkState.Waiting waiting
                && !waiting.reason().isRetry();
        if (!waitsToSettle) {
            queue.detach(item);
        }
        if (failureState.forgive()) {
            item.clearFailures();
            queue.recentlyFailed().remove(item.work());
        }
        if (!waitsToSettle) {
            queue.giveBack(item);
        }
    }

    /** Pauses deferrals after a failed send, so that the ids are queried meanwhile. */
    private void delayDeferralAfterFailure(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            nextDeferral = queue.now() + DEFERRAL_PAUSE_AFTER_FAILURE.toNanos();
        }
    }

    /** A permanent failure concerns its id only. */
    private static boolean allFailed(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.Failure failure) || failure.kind() == FailureKind.PERMANENT) {
                return false;
            }
        }
        return true;
    }

    private void stopQueries(Duration pause) {
        if (!queue.lanes().queriesStopped()) {
            queue.lanes().stopQueries();
            queriesResumeAt = queue.now() + pause.toNanos();
            scheduler.set(pause, () -> queue.lanes().resumeQueries());
        }
    }

    private void slowRetries(Lane lane, boolean failed) {
        if (lane != Lane.ISOLATED) {
            return;
        }
        failedRetries = failed ? failedRetries + 1 : 0;
        queue.lanes().pace(Lane.ISOLATED, failedRetries >= FAILED_RETRIES_BEFORE_PACING);
    }

    /** Returns whether reading is paused because too much is pending, of which most has failed. */
    boolean isFullOfFailingIds() {
        return pendingLimit.full() && suspension.active() == null && queue.mostlyFailing();
    }

    /**
     * Returns whether all partitions are to be paused. A suspended listener continues to read, since an id that has not
     * failed yet is the best probe, unless no id could succeed.
     */
    boolean pausesAll() {
        Suspension.Active active = suspension.active();
        boolean noIdCanSucceed = active == null || active.hopeless();
        return pendingLimit.full() || queue.lanes().queriesStopped() && noIdCanSucceed;
    }

    /**
     * Returns whether the retry topic is to be paused. It is during a suspension, so that deferred triggers do not
     * return before it ends.
     */
    boolean pausesRetries() {
        return queue.retries().full() || suspended() != null;
    }

    /** Defers ids that keep others from being read, if they fail by themselves. */
    void deferExcess() {
        if (!pendingLimit.full() || queue.now() < nextDeferral) {
            return;
        }
        boolean untried = suspension.allowsDeferringUntried(queue.now(), DEFER_UNTRIED_AFTER);
        if (untried || isFullOfFailingIds()) {
            nextDeferral = queue.now() + DEFERRAL_INTERVAL.toNanos();
            overloadDeferral.deferExcess(pendingLimit.weight() - pendingLimit.limit() / 2, untried);
        }
    }
}
