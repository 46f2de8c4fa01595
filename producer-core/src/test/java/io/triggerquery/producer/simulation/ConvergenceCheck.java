package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.WaitingTrigger;

/** Checks that everything owed is sent within the stated time after the last fault. */
final class ConvergenceCheck {

    private static final long SECOND = 1_000_000_000L;

    /** Longer than the longest pause, which is five minutes plus jitter after a denied access. */
    private static final long STATED_TIME = 8 * 60 * SECOND;

    private final SimulatedWorld world;

    ConvergenceCheck(SimulatedWorld world) {
        this.world = world;
    }

    void await() {
        world.time.await(this::isSettled, STATED_TIME);
        world.time.check();
        if (!world.ledger.owed().isEmpty() && !isParked()) {
            world.time.violated("P1: not sent in time:", world.ledger.owed());
        }
        for (SimulatedMachine machine : world.machines) {
            machine.process.relays.values().forEach(this::check);
            if (!isDeleted(machine)) {
                world.time.violated("still on disk after it was sent:", machine.disk.waiting());
            }
        }
    }

    private boolean isSettled() {
        return (world.ledger.owed().isEmpty() || isParked())
                && world.machines.stream()
                        .allMatch(machine -> isDeleted(machine)
                                && machine.process.relays.values().stream()
                                        .allMatch(
                                                relay -> relay.store().backlog().pending() == 0));
    }

    private static boolean isDeleted(SimulatedMachine machine) {
        return machine.disk.hasFailed() || machine.disk.waiting().isEmpty();
    }

    /** Whether the broker can take none of the owed triggers. */
    private boolean isParked() {
        return world.ledger.owed().stream().allMatch(one -> world.broker.tooLarge.contains(one.key()));
    }

    private void check(TriggerRelay relay) {
        long pending = relay.store().backlog().pending();
        if (pending > 0) {
            world.time.violated(pending, "still wait:", relay.store().list(10));
        }
        for (WaitingTrigger waiting : relay.store().list(Integer.MAX_VALUE)) {
            if (!world.broker.tooLarge.contains(waiting.trigger().key())) {
                world.time.violated("still parked, although the broker accepts it:", waiting);
            }
        }
    }
}
