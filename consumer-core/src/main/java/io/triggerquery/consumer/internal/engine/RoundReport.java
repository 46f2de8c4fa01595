package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the notifications of a round, to be sent outside of the engine's lock.
 *
 * <p>Threads: one worker.
 *
 * @param batch the round
 * @param steps the results of its items
 * @param nearlyFull the limit of failing ids, if this round used most of it; else 0
 * @param change how it changed the suspension, or null
 */
record RoundReport(Batch batch, List<Settlement.Step> steps, int nearlyFull, Suspension.@Nullable Change change) {

    void sendTo(EngineListener listener) {
        sendSteps(listener);
        if (nearlyFull > 0) {
            listener.nearCapacity(nearlyFull);
        }
        if (change instanceof Suspension.Change.Suspended suspended) {
            listener.suspended(suspended.ids(), suspended.cause());
        } else if (change instanceof Suspension.Change.Resumed resumed) {
            listener.resumed(resumed.after());
        }
    }

    private void sendSteps(EngineListener listener) {
        Outcome first = steps.get(0).outcome();
        if (first instanceof Outcome.Refused refused) {
            listener.refused(steps.size(), refused.holdFor());
            return;
        }
        if (first instanceof Outcome.Split split) {
            listener.split(steps.size(), split.cause());
        }
        for (Settlement.Step step : steps) {
            sendStep(step, listener);
        }
    }

    private void sendStep(Settlement.Step step, EngineListener listener) {
        if (step.outcome() instanceof Outcome.Applied) {
            listener.applied(step.work(), step.failures());
        } else if (step.outcome() instanceof Outcome.Failed failed) {
            listener.failed(step.work(), step.failures() + 1, step.pause(), failed.cause());
        } else if (step.outcome() instanceof Outcome.Stale stale) {
            listener.stale(trigger(step), stale.version());
        } else if (step.outcome() instanceof Outcome.Decoded decoded && decoded.work() instanceof Work.Ignored) {
            listener.ignored();
        } else if (step.outcome() instanceof Outcome.Forwarded) {
            sendForwarded(step, listener);
        }
    }

    private void sendForwarded(Settlement.Step step, EngineListener listener) {
        if (batch instanceof Batch.DeadLetterTrigger deadLetter) {
            listener.deadLettered(deadLetter.trigger(), deadLetter.cause());
        } else if (batch instanceof Batch.DeadLetterMessage deadLetter) {
            listener.deadLettered(deadLetter.work());
        } else {
            listener.deferred(trigger(step), step.failures());
        }
    }

    private static Trigger trigger(Settlement.Step step) {
        return ((Work.Refresh) step.work()).trigger();
    }
}
