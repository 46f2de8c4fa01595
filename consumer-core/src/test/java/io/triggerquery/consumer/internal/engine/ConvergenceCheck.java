package io.triggerquery.consumer.internal.engine;

import java.util.List;

/** The time after the last fault, in which all must be settled and each projection must equal its source. */
final class ConvergenceCheck {

    /** The time limit in milliseconds. */
    private static final long STATED_TIME = 10 * 60_000;

    private static final long TICK = 100;
    private static final int ENDLESS = 10_000;

    private final SimulatedWorld world;

    ConvergenceCheck(SimulatedWorld world) {
        this.world = world;
    }

    void await() {
        long until = world.now + STATED_TIME;
        while (!settled()) {
            Violation.unless(world.now < until, "G8: not settled in time:", this);
            for (SimulatedProcess process : world.group.all()) {
                process.poll();
                finish(process);
            }
            world.advance(Math.max(1, Math.min(TICK * 10, next() - world.now)));
        }
        checkAll();
    }

    private void finish(SimulatedProcess process) {
        for (int i = 0; process.canWork(); i++) {
            Violation.unless(i < ENDLESS, "G8: works without end:", process, process.model);
            process.work();
        }
    }

    private long next() {
        long next = world.now + TICK;
        for (SimulatedProcess process : world.group.all()) {
            next = process.timer.pending() == 0
                    ? next
                    : Math.min(Math.max(next, process.timer.next()), process.timer.next());
        }
        return next;
    }

    private boolean settled() {
        for (SimulatedProcess process : world.group.all()) {
            if (!process.isIdle()) {
                return false;
            }
        }
        for (SimulatedPartition partition : world.broker.partitions) {
            if (partition.owner.position < partition.log.size()) {
                return false;
            }
        }
        return !replayed();
    }

    /** Replays the dead letters, as an operator does when their cause has ended. */
    private boolean replayed() {
        if (world.broker.deadIds.isEmpty()) {
            return false;
        }
        List<String> dead = List.copyOf(world.broker.deadIds);
        world.broker.deadIds.clear();
        dead.stream().sorted().forEach(id -> world.trigger(id).run());
        return true;
    }

    private void checkAll() {
        for (SimulatedPartition partition : world.broker.partitions) {
            Violation.unless(partition.isCommittedToItsEnd(), "G8: not committed to its end:", partition);
        }
        for (SimulatedProcess process : world.group.all()) {
            process.checkIdle();
        }
        for (String id : world.ids()) {
            SimulatedSource.State state = world.source.read(id, world.now);
            Violation.unless(
                    world.database.equals(id, state), "G8:", id, "is", world.database.show(id), "and not", state);
        }
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (SimulatedPartition partition : world.broker.partitions) {
            text.append(partition)
                    .append(", read to ")
                    .append(partition.owner.position)
                    .append(" of ")
                    .append(partition.log.size())
                    .append("; ");
        }
        for (SimulatedProcess process : world.group.all()) {
            text.append(process).append(": ").append(process.model).append("; ");
        }
        return text.toString();
    }
}
