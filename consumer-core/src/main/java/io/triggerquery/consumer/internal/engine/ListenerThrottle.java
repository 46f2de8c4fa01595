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

    /** A suspended listener whose ids may be to blame reads on behind them after this time. */
    private static final Duration READ_ON_AFTER = Duration.ofMinutes(1);

    /** How often what may be deferred is looked for, since that passes over all that is pending. */
    private static final Duration DEFERRAL_INTERVAL = Duration.ofMillis(100);

    /** The same after the retry topic or the dead-letter topic could not be written. */
    private static final Duration DEFERRAL_PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** So many rounds of failing ids that failed again in a row slow the next ones down. */
    private static final int HOPELESS = 20;

    private final WorkQueue queue;
    private final WorkQueue.ActionScheduler scheduler;
    private final PendingLimit pendingLimit;
    private final Suspension suspension;
    private final OverloadDeferral overloadDeferral;
    private int failedRetries;
    private long nextDeferral;

    ListenerThrottle(WorkQueue queue, WorkQueue.ActionScheduler scheduler, PendingLimit pendingLimit, Suspension.Evidence needed) {
        this.queue = queue;
        this.scheduler = scheduler;
        this.pendingLimit = pendingLimit;
        this.suspension = new Suspension(needed);
        this.overloadDeferral = new OverloadDeferral(queue);
        this.nextDeferral = queue.now();
    }

    /** The suspension that lasts, or null if there is none, or nothing is left that it could keep waiting. */
    Suspension.@Nullable Active suspended() {
        return queue.items().isEmpty() ? null : suspension.active();
    }

    /** What the last round has changed, or null. */
    Suspension.@Nullable Change takeChange() {
        return suspension.takeChange();
    }

    /** Takes a round into account. Returns whether its failures count against its ids. */
    boolean counts(Batch batch, List<Outcome> outcomes) {
        if (!batch.lane().asksTheSource()) {
            waitForTheRetryTopic(outcomes.get(0));
            return true;
        }
        if (outcomes.get(0) instanceof Outcome.Refused refused) {
            hold(refused.holdFor());
            return true;
        }
        boolean failed = allFailed(outcomes);
        if (failed) {
            queue.lanes().failed(batch.lane(), outcomes.size());
        } else {
            queue.lanes().succeeded(outcomes.size());
            suspension.succeeded(outcomes, queue.now());
        }
        boolean counts = !failed || !suspension.failed(batch.items(), outcomes, queue.now(), queue::forgive);
        if (!counts && !queue.lanes().held()) {
            hold(suspension.nextPause());
        }
        slowRetries(batch.lane(), failed);
        queue.lanes().serveNewestFirst(suspension.prefersNewest());
        return counts;
    }

    /** While nothing can be deferred, what was tried to be is not tried again at once: the source is asked meanwhile. */
    private void waitForTheRetryTopic(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            nextDeferral = queue.now() + DEFERRAL_PAUSE_AFTER_FAILURE.toNanos();
        }
    }

    /** A permanent failure is about its id, whatever happens to the others. */
    private static boolean allFailed(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.Failure failure) || failure.kind() == FailureKind.PERMANENT) {
                return false;
            }
        }
        return true;
    }

    private void hold(Duration pause) {
        if (!queue.lanes().held()) {
            queue.lanes().hold();
            scheduler.set(pause, () -> queue.lanes().resume());
        }
    }

    private void slowRetries(Lane lane, boolean failed) {
        if (lane != Lane.ISOLATED) {
            return;
        }
        failedRetries = failed ? failedRetries + 1 : 0;
        queue.lanes().pace(Lane.ISOLATED, failedRetries >= HOPELESS);
    }

    /** Whether reading stops because of what is pending, and most of that has failed. */
    boolean isFullOfFailingIds() {
        return pendingLimit.full() && suspension.active() == null && queue.mostlyFails();
    }

    /** Whether reading is to stop. A suspended listener reads on: an id that has not failed yet is the best probe. */
    boolean pausesAll() {
        Suspension.Active active = suspension.active();
        return pendingLimit.full() || queue.lanes().held() && (active == null || active.sourceOrDatabaseAway());
    }

    /** Whether the retry topic is not to be read. What was deferred to read on is not to come round again meanwhile. */
    boolean pausesRetries() {
        return queue.retries().full() || suspended() != null;
    }

    /** Defers what keeps others from being read, where it is to blame itself. */
    void deferExcess() {
        if (!pendingLimit.full() || queue.now() < nextDeferral) {
            return;
        }
        boolean untried = suspension.allowsDeferringUntried(queue.now(), READ_ON_AFTER);
        if (untried || isFullOfFailingIds()) {
            nextDeferral = queue.now() + DEFERRAL_INTERVAL.toNanos();
            overloadDeferral.deferExcess(pendingLimit.weight() - pendingLimit.limit() / 2, untried);
        }
    }
}
