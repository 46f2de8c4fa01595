package io.triggerquery.producer.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A broker, a database and the machines of a service, in virtual time and subject to chance. */
final class SimulatedWorld {

    private static final boolean TRACE = Boolean.getBoolean("simulation.trace");
    private static final Instant BEGIN = Instant.parse("2026-07-01T10:00:00Z");
    private static final int DEEPEST = 2;
    private static final int SELDOM = 24;

    private final long[] seen;
    final SplittableRandom random;
    final Scenario scenario;
    final VirtualTime time;
    final SimulatedBroker broker;
    final SimulatedDatabase database;
    final Ledger ledger;
    final List<SimulatedMachine> machines = new ArrayList<>();

    /** What may happen between two steps of something else. */
    Runnable meanwhile = () -> {};

    /** Whether nothing else happens between two steps. */
    boolean quiet = true;

    /** Whether statements fail now and then, some of them after they were done. */
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

    void saw(Happening happening) {
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

    /** Lets something else happen, now and then. Returns whether it did. */
    boolean interleave() {
        if (quiet || depth >= DEEPEST || Coroutine.current() != null || random.nextInt(SELDOM) > 0) {
            return false;
        }
        depth++;
        try {
            meanwhile.run();
        } catch (ProcessDied died) {
            // somebody else
        } finally {
            depth--;
        }
        time.check();
        return true;
    }
}
