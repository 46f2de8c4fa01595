package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.WaitingTrigger;

/** The time after the last fault, in which everything that is owed has to be sent. */
final class SimulatedCalm {

    private static final long SECOND = 1_000_000_000L;

    /** The longest pause is five minutes, when access was denied, or between two tries of a store; and its jitter. */
    private static final long STATED_TIME = 8 * 60 * SECOND;

    private final SimulatedWorld world;

    SimulatedCalm(SimulatedWorld world) {
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
            if (!isForgotten(machine)) {
                world.time.violated("still on disk though it was sent:", machine.disk.waiting());
            }
        }
    }

    private boolean isSettled() {
        return (world.ledger.owed().isEmpty() || isParked())
                && world.machines.stream()
                        .allMatch(machine -> isForgotten(machine)
                                && machine.process.relays.values().stream()
                                        .allMatch(
                                                relay -> relay.store().backlog().pending() == 0));
    }

    private static boolean isForgotten(SimulatedMachine machine) {
        return machine.disk.hasFailed() || machine.disk.waiting().isEmpty();
    }

    /** Whether all that is owed is what the broker will never take. */
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
                world.time.violated("still parked, though the broker takes it:", waiting);
            }
        }
    }
}
