package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.How;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The callers that await ids in one process. Checks their answers. */
final class SimulatedAwaits {

    private final SimulatedWorld world;
    private final SimulatedProcess process;
    private final List<Waiting> open = new ArrayList<>();

    /**
     * A caller.
     *
     * @param known the lowest version that a query begun at the call may have read
     */
    private record Waiting(String id, OptionalLong version, long since, long deadline, long known) {}

    SimulatedAwaits(SimulatedWorld world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    void call(String id, OptionalLong version, long timeout) {
        world.saw(SimulationEvent.AWAITED);
        long known =
                world.source.read(id, world.now - world.scenario.lateness() / 2).version();
        var waiting = new Waiting(id, version, world.now, world.now + timeout, known);
        open.add(waiting);
        world.trace("await", waiting);
        Runnable leave = process.engine
                .freshReads()
                .await(
                        SimulatedWorld.trigger(id, OptionalLong.empty()),
                        version,
                        Duration.ofMillis(timeout),
                        result -> answered(waiting, result));
        if (open.contains(waiting) && world.random.nextInt(12) == 0) {
            open.remove(waiting);
            leave.run();
        }
    }

    private void answered(Waiting waiting, FreshnessResult result) {
        if (!open.remove(waiting)) {
            return; // the caller has cancelled
        }
        world.trace("answer", waiting, result);
        if (result instanceof FreshnessResult.Fresh fresh) {
            world.saw(fresh.how() == How.ABSENT ? SimulationEvent.AWAITED_ABSENCE : SimulationEvent.AWAITED_FRESH);
            checkFresh(waiting);
        } else {
            boolean timedOut = result instanceof FreshnessResult.TimedOut;
            world.saw(timedOut ? SimulationEvent.AWAIT_TIMED_OUT : SimulationEvent.AWAIT_REFUSED);
            Violation.unless(!timedOut || world.now >= waiting.deadline(), "timed out early:", waiting);
        }
    }

    private void checkFresh(Waiting waiting) {
        boolean ordered = world.scenario.versions().orderAll();
        if (waiting.version().isPresent()) {
            long reached = world.database.version(waiting.id());
            Violation.unless(
                    !ordered || reached >= waiting.version().getAsLong(), "not fresh:", waiting, "at", reached);
        } else if (ordered || world.scenario.lateness() == 0) {
            long reached = world.database.truth(waiting.id());
            Violation.unless(reached >= waiting.known(), "not fresh:", waiting, "at", reached);
        }
    }

    /** Checks that no caller waits longer than its timeout. */
    void check() {
        for (Waiting each : open) {
            Violation.unless(world.now <= each.deadline(), "waits longer than its timeout:", each);
        }
    }

    /** Checks that the first round after the call answers callers that name no version. */
    void afterRound(VirtualWorker worker) {
        if (!(worker.batch instanceof Batch.Refresh refresh)) {
            return;
        }
        long settled = world.scenario.settings().timing().settleDelay().toMillis();
        for (int i = 0; i < refresh.queries().size(); i++) {
            String id = refresh.queries().get(i).trigger().id();
            boolean found = worker.outcomes().get(i) instanceof Outcome.Applied applied && !applied.absent();
            for (Waiting each : open) {
                boolean later = refresh.progress().beganAt() / 1_000_000 > each.since() + settled;
                Violation.unless(
                        !found
                                || !later
                                || !each.id().equals(id)
                                || each.version().isPresent(),
                        "a second query for",
                        each);
            }
        }
    }

    /** Returns whether the engine holds a request of callers for an item, apart from those of operators. */
    boolean isRequested(ItemModel item) {
        if (!ids().contains(item.name())) {
            return false;
        }
        IdStatus.OpenWork work = process.engine.find(item.name()).work();
        return work != null
                && work.deliveries().stream()
                                .filter(delivery -> delivery.partition() == null)
                                .count()
                        > item.requests();
    }

    Set<String> ids() {
        if (open.isEmpty()) {
            return Set.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        open.forEach(each -> ids.add(each.id()));
        return ids;
    }
}
