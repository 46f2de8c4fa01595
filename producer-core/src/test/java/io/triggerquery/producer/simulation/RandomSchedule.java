package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.SimulatedDisk;
import io.triggerquery.producer.simulation.SimulatedBroker.Health;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import java.util.ArrayList;
import java.util.List;

/** Draws and executes the steps of a schedule. */
final class RandomSchedule {

    private enum Step {
        TRANSACTION(8),
        OUTSIDE(3),
        BEGIN(3),
        CONTINUE(5),
        TIME(10),
        FAULT(5),
        CRASH(1),
        STOP(1),
        OPERATOR(2),
        PROBE(2),
        OUTAGE(1),
        STORE_OUTAGE(1),
        PARTIAL_OUTAGE(1);

        private final int weight;

        Step(int weight) {
            this.weight = weight;
        }
    }

    private static final Step[] STEPS = Step.values();
    private static final Health[] HEALTHS = Health.values();
    private static final int MILLIS = 1_000_000;

    private final SimulatedWorld world;
    private final SimulatedBusiness business;
    private final SimulatedOperations operations;
    private final SimulatedProbe probe;
    private final SimulatedFailureProbe failureProbe;
    private final int[] weights = new int[STEPS.length];
    private int allWeights;

    RandomSchedule(SimulatedWorld world) {
        this.world = world;
        this.business = new SimulatedBusiness(world);
        this.operations = new SimulatedOperations(world, business);
        this.probe = new SimulatedProbe(world, business);
        this.failureProbe = new SimulatedFailureProbe(world, business);
        for (Step step : STEPS) {
            int weight = chance(2 * step.weight + 1);
            weights[step.ordinal()] = weight;
            allWeights += weight;
        }
    }

    private int chance(int bound) {
        return world.random.nextInt(bound);
    }

    SimulatedOperations operations() {
        return operations;
    }

    void play() {
        operations.startAll();
        world.meanwhile = this::meanwhile;
        for (int i = 0; i < world.scenario.steps(); i++) {
            world.quiet = false;
            step();
            world.time.check();
        }
        world.quiet = true;
        endFaults();
    }

    private SimulatedProcess any() {
        return world.machines.get(chance(world.machines.size())).process;
    }

    /** Returns a random process after all due tasks have run, such as those of its start. */
    private SimulatedProcess settled() {
        world.quiet = true;
        world.time.pass(0);
        return any();
    }

    private void step() {
        int number = chance(Math.max(1, allWeights));
        int step = 0;
        while (step < STEPS.length - 1 && number >= weights[step]) {
            number -= weights[step++];
        }
        switch (STEPS[step]) {
            case TRANSACTION -> business.anyTransaction(any(), commit());
            case OUTSIDE -> business.anythingOutside(any());
            case BEGIN -> business.begin(any());
            case CONTINUE -> business.continueAny(commit());
            case TIME -> world.time.pass(anyTime());
            case FAULT -> fault();
            case CRASH -> operations.crash(any());
            case STOP -> operations.stop(any());
            case OPERATOR -> operations.operate(any());
            case PROBE -> probe.probe(settled());
            case OUTAGE -> probe.outage(settled());
            case STORE_OUTAGE -> failureProbe.store(settled());
            case PARTIAL_OUTAGE -> failureProbe.partition(settled());
        }
    }

    /** Executes a random event between two steps of another call. */
    private void meanwhile() {
        switch (chance(16)) {
            case 0 -> fault();
            case 1 -> operations.crash(any());
            case 2 -> operations.operate(any());
            case 3 -> operations.stop(any());
            case 4, 5, 6 -> world.time.pass(anyTime());
            case 7, 8, 9 -> business.anyTransaction(any(), commit());
            case 10, 11 -> business.anythingOutside(any());
            case 12 -> business.begin(any());
            case 13 -> business.continueAny(commit());
            default -> world.time.runOne();
        }
    }

    private long anyTime() {
        int millis = chance(12) == 0 ? chance(60_000) : chance(6) == 0 ? chance(6_000) : chance(400);
        return (long) millis * MILLIS;
    }

    /** Draws the end of a transaction; null means rollback. */
    private Commit commit() {
        return switch (chance(12)) {
            case 0 -> Commit.REFUSED;
            case 1 -> Commit.ANSWER_LOST;
            case 2 -> Commit.LOST;
            case 3 -> Commit.LATE;
            case 4, 5 -> null;
            default -> Commit.DONE;
        };
    }

    private void fault() {
        List<String> destinations = world.scenario.destinations();
        String destination = destinations.get(chance(destinations.size()));
        switch (chance(8)) {
            case 0, 1, 2 -> {
                Health health = HEALTHS[chance(HEALTHS.length)];
                boolean drawn = health != Health.WRONG_TIME || Expectation.A_WRONG_CLOCK_PARKS_NOTHING.isOn();
                world.broker.health.put(destination, drawn && chance(3) > 0 ? health : Health.HEALTHY);
            }
            case 3 -> world.broker.losesAnswers = chance(3) == 0;
            case 4 -> {
                Key key = new Key(destination, "id" + chance(3));
                if (!world.broker.tooLarge.remove(key) && chance(2) == 0) {
                    world.broker.tooLarge.add(key);
                    world.broker.everTooLarge.add(key);
                }
            }
            case 5 -> {
                world.database.away = !world.database.away && chance(2) == 0;
                if (world.database.away) {
                    world.saw(SimulationEvent.DATABASE_AWAY);
                }
            }
            case 6 -> world.statementsFail = chance(3) == 0;
            default -> {
                SimulatedDisk disk = any().machine.disk;
                SimulatedDisk.Health[] healths = SimulatedDisk.Health.values();
                disk.health = chance(2) == 0 ? SimulatedDisk.Health.HEALTHY : healths[chance(healths.length)];
                if (disk.health != SimulatedDisk.Health.HEALTHY) {
                    world.saw(SimulationEvent.DISK_FAILED);
                }
            }
        }
        world.trace(
                "faults",
                world.broker.health,
                world.broker.losesAnswers,
                world.broker.tooLarge,
                world.database.away,
                world.statementsFail,
                world.machines.stream().map(machine -> machine.disk.health).toList());
    }

    /** Ends all faults and open transactions. */
    private void endFaults() {
        world.broker.endFaults();
        world.database.away = false;
        world.statementsFail = false;
        world.machines.forEach(machine -> machine.disk.health = SimulatedDisk.Health.HEALTHY);
        operations.awaitStops();
        business.endAll();
        world.time.pass(SimulatedTransactions.LATEST_COMMIT_NANOS);
        operations.startAll();
        operations.drainUnusedStores();
        List<Key> refused = new ArrayList<>(world.broker.tooLarge);
        if (chance(2) == 0) {
            world.broker.tooLarge.removeAll(refused);
        }
        operations.unparkAll();
        world.trace("faults ended");
    }
}
