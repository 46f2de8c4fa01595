package io.triggerquery.producer.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A broker, a database and the machines of a service, in virtual time with random events. */
final class SimulatedWorld {

    private static final boolean TRACE = Boolean.getBoolean("simulation.trace");
    private static final Instant BEGIN = Instant.parse("2026-07-01T10:00:00Z");
    private static final int MAX_DEPTH = 2;
    private static final int INTERLEAVE_BOUND = 24;

    private final long[] seen;
    final SplittableRandom random;
    final Scenario scenario;
    final VirtualTime time;
    final SimulatedBroker broker;
    final SimulatedDatabase database;
    final Ledger ledger;
    final List<SimulatedMachine> machines = new ArrayList<>();

    /** An event between two steps of another call. */
    Runnable meanwhile = () -> {};

    /** Whether events between two steps are disabled. */
    boolean quiet = true;

    /** Whether statements fail at random, some of them after their execution. */
    boolean statementsFail;

    private int depth;

    SimulatedWorld(long seed, long[] seen) {
        this.seen = seen;
        random = new SplittableRandom(seed);
        scenario = Scenario.draw(random);
        time = new VirtualTime(random);
        broker = new SimulatedBroker(this);
        database = new SimulatedDatabase(this);
        ledger = new Ledger(this);
        for (int number = 1; number <= scenario.processes(); number++) {
            machines.add(new SimulatedMachine(number));
        }
        trace("seed", seed, scenario);
    }

    void saw(SimulationEvent happening) {
        seen[happening.ordinal()]++;
    }

    void trace(Object... what) {
        if (TRACE) {
            System.out.println(time.now() / 1_000_000 + " ms " + Arrays.toString(what));
        }
    }

    Instant instant() {
        return instant(time.now());
    }

    Instant instant(long nanos) {
        return BEGIN.plusNanos(nanos);
    }

    boolean statementFails() {
        return statementsFail && random.nextInt(4) == 0;
    }

    /** Executes another event at random. Returns whether it did. */
    boolean interleave() {
        if (quiet || depth >= MAX_DEPTH || Coroutine.current() != null || random.nextInt(INTERLEAVE_BOUND) > 0) {
            return false;
        }
        depth++;
        try {
            meanwhile.run();
        } catch (ProcessDied died) {
            // another process has ended
        } finally {
            depth--;
        }
        time.check();
        return true;
    }
}
