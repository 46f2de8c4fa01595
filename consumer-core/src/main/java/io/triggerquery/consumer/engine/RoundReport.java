package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Tells a round's end to those who only look. What they need of the items is read before the round is settled: after it
 * another worker may have them.
 *
 * <p>Threads: one worker.
 */
final class RoundReport {

    private final Batch batch;
    private final List<Seen> seen = new ArrayList<>();
    private List<Settlement.Step> steps = List.of();

    private record Seen(Work work, int failures) {}

    RoundReport(Batch batch, List<Outcome> outcomes, AppliedVersions appliedVersions) {
        this.batch = batch;
        for (int i = 0; i < outcomes.size(); i++) {
            WorkItem item = batch.items().get(i);
            Trigger trigger = ((WorkState.Running) item.state()).trigger();
            Work work = trigger == null ? item.work() : new Work.Refresh(trigger, Past.NONE);
            seen.add(new Seen(work, item.failures()));
            if (trigger != null && outcomes.get(i) instanceof Outcome.Applied applied) {
                appliedVersions.applied(trigger.id(), applied.version());
            } else if (trigger != null && outcomes.get(i) instanceof Outcome.Stale stale) {
                appliedVersions.applied(trigger.id(), stale.version());
            }
        }
    }

    void settled(List<Settlement.Step> itsSteps) {
        steps = itsSteps;
    }

    void tell(EngineListener listener) {
        Outcome first = steps.get(0).outcome();
        if (first instanceof Outcome.Refused refused) {
            listener.refused(steps.size(), refused.holdFor());
            return;
        }
        if (first instanceof Outcome.Split split) {
            listener.split(steps.size(), split.cause());
        }
        for (int i = 0; i < steps.size(); i++) {
            tell(seen.get(i), steps.get(i), listener);
        }
    }

    private void tell(Seen item, Settlement.Step step, EngineListener listener) {
        if (step.outcome() instanceof Outcome.Applied) {
            listener.applied(item.work(), item.failures());
        } else if (step.outcome() instanceof Outcome.Failed failed) {
            listener.failed(item.work(), item.failures() + 1, step.pause(), failed.cause());
        } else if (step.outcome() instanceof Outcome.Stale stale) {
            listener.stale(trigger(item), stale.version());
        } else if (step.outcome() instanceof Outcome.PutAside) {
            putAside(item, listener);
        }
    }

    private void putAside(Seen item, EngineListener listener) {
        if (batch instanceof Batch.BuryTrigger bury) {
            listener.buried(bury.trigger(), bury.cause());
        } else {
            listener.parked(trigger(item), item.failures());
        }
    }

    private static Trigger trigger(Seen item) {
        return ((Work.Refresh) Objects.requireNonNull(item.work())).trigger();
    }
}
