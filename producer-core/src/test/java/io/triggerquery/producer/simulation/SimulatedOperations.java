package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.spool.SimulatedDisk;
import java.util.List;

/** Operations on the service and failures of its machines: starts, stops, crashes and operators' commands. */
final class SimulatedOperations {

    private static final long NANOS = 1_000_000_000L;

    /** The additional time for the stop of a strategy, after its drain. */
    private static final long STOP_NANOS = 13 * NANOS;

    private static final long SHORT_STOP_NANOS = 20 * NANOS;

    private final SimulatedWorld world;
    private final SimulatedBusiness business;

    SimulatedOperations(SimulatedWorld world, SimulatedBusiness business) {
        this.world = world;
        this.business = business;
    }

    private int chance(int bound) {
        return world.random.nextInt(bound);
    }

    /** Starts a process on each machine without one. */
    void startAll() {
        for (SimulatedMachine machine : world.machines) {
            if (machine.process == null) {
                start(machine, Setup.draw(world.random, world.scenario.destinations()));
            }
        }
    }

    private void start(SimulatedMachine machine, Setup setup) {
        world.trace("start", machine.number, setup);
        SimulatedDisk.Health health = machine.disk.health;
        machine.process = new SimulatedProcess(world, machine, setup);
        machine.disk.health = health;
        machine.process.start();
    }

    private void restart(SimulatedMachine machine, Setup former) {
        Setup next = former;
        if (chance(6) == 0) {
            next = Setup.draw(world.random, world.scenario.destinations());
            world.saw(SimulationEvent.STRATEGY_CHANGED);
        }
        start(machine, next);
    }

    /** Kills a process, possibly by a power failure, and starts another. */
    void crash(SimulatedProcess process) {
        if (!process.dead) {
            killed(process);
            restart(process.machine, process.setup);
        }
    }

    /** Kills a process and starts it again with the same configuration. */
    void crashAndRestart(SimulatedProcess process) {
        killed(process);
        start(process.machine, process.setup);
    }

    private void killed(SimulatedProcess process) {
        world.trace("crash", process);
        world.saw(SimulationEvent.CRASHED);
        process.end();
        process.endStop();
        SimulatedDisk disk = process.machine.disk;
        if (chance(2) == 0 && disk.notSynced() > 0) {
            world.saw(SimulationEvent.POWER_FAILED);
            disk.loseAllBut(chance(disk.notSynced() + 1));
        }
        business.died(process);
        world.ledger.died(process);
    }

    /** Begins to stop a process, and starts another when it has stopped. */
    void stop(SimulatedProcess process) {
        if (process.dead || process.isStopping()) {
            return;
        }
        long begun = world.time.now();
        world.trace("stop", process);
        process.stopping = world.time.start(() -> {
            UndeliveredLines.collect();
            try {
                process.stop();
                stopped(process, world.time.now() - begun);
            } finally {
                UndeliveredLines.ignore();
            }
        });
    }

    private void stopped(SimulatedProcess process, long took) {
        world.trace("stopped", process, took / 1_000_000, "ms");
        world.saw(SimulationEvent.STOPPED);
        long most = Expectation.A_STOP_IS_SHORT.isOn()
                ? SHORT_STOP_NANOS
                : process.relays.size() * (world.scenario.drainOnStop().toNanos() + STOP_NANOS);
        if (took > most) {
            world.time.violated("a stop took", took / NANOS, "s");
        }
        process.end();
        business.died(process);
        world.ledger.exited(process);
        restart(process.machine, process.setup);
    }

    /** Waits until all stops have ended. */
    void awaitStops() {
        for (SimulatedMachine machine : world.machines) {
            SimulatedProcess process = machine.process;
            if (process.isStopping()) {
                world.time.await(() -> process.dead, 120 * NANOS);
                if (!process.dead) {
                    world.time.violated("does not stop:", process);
                }
            }
        }
    }

    void operate(SimulatedProcess process) {
        if (process.dead) {
            return;
        }
        List<String> destinations = world.scenario.destinations();
        String destination = destinations.get(chance(destinations.size()));
        TriggerRelay relay = process.relay(destination);
        String id = chance(2) == 0 ? null : "id" + chance(3);
        boolean retry = chance(2) == 0;
        world.trace("operate", process, retry ? "retry" : "unpark", destination, id);
        try {
            int changed = retry ? relay.retry(destination, id) : relay.unpark(destination, id);
            if (changed > 0) {
                world.saw(retry ? SimulationEvent.RETRIED : SimulationEvent.UNPARKED);
            }
        } catch (SimulatedDatabase.NoDatabase | ProcessDied failed) {
            world.trace("the operator receives", failed);
        }
    }

    void unparkAll() {
        for (SimulatedMachine machine : world.machines) {
            machine.process.relays.forEach((kind, relay) ->
                    world.scenario.destinations().forEach(destination -> relay.unpark(destination, null)));
        }
    }

    /** Restarts processes so that the stores of earlier strategies are sent, as the application does by itself. */
    void drainUnusedStores() {
        if (Expectation.TRIGGERS_OF_UNUSED_STORES_ARE_SENT.isOn()) {
            return;
        }
        for (SimulatedMachine machine : world.machines) {
            SimulatedProcess process = machine.process;
            Setup setup = process.setup;
            if (!machine.disk.isEmpty() && setup.used().stream().noneMatch(Kind::onDisk)) {
                setup = setup.draining(Kind.DISK);
            }
            if (!world.database.rows.isEmpty() && !setup.used().contains(Kind.OUTBOX)) {
                setup = setup.draining(Kind.OUTBOX);
            }
            if (!setup.equals(process.setup)) {
                crashWithoutRestart(process);
                start(machine, setup);
            }
        }
    }

    private void crashWithoutRestart(SimulatedProcess process) {
        process.end();
        business.died(process);
        world.ledger.died(process);
    }
}
