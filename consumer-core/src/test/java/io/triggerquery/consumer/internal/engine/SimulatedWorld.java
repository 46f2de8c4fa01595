package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Content;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A source, a broker, a database and a group of processes, in virtual time and subject to chance. */
final class SimulatedWorld {

    private static final boolean TRACE = Boolean.getBoolean("simulation.trace");

    private final long[] seen;
    private final String[] ids;

    final SplittableRandom random;
    final Scenario scenario;
    final SimulatedSource source;
    final SimulatedBroker broker;
    final SimulatedDatabase database;
    final SimulatedGroup group;

    /** Whether callers wait for ids. */
    final boolean hasCallers;

    /** In milliseconds. */
    long now;

    /** Whether all faults have ended. */
    boolean calm;

    /**
     * Creates the world of a seed.
     *
     * @param seen counts what happens
     */
    SimulatedWorld(long seed, long[] seen) {
        this.seen = seen;
        random = new SplittableRandom(seed);
        hasCallers = seed % 3 == 0;
        scenario = Scenario.draw(random);
        source = new SimulatedSource(this);
        broker = new SimulatedBroker(this);
        database = new SimulatedDatabase(this);
        group = new SimulatedGroup(this);
        ids = new String[scenario.cluster().ids()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = String.valueOf((char) ('a' + i));
        }
        trace("seed", seed, scenario);
    }

    static Trigger trigger(String id, OptionalLong version) {
        return new Trigger("triggers", id, version, Instant.EPOCH);
    }

    /** Whether an id that is created again begins with the first version. */
    boolean restarts() {
        return scenario.versions() == Scenario.Versions.RESTARTING;
    }

    /** Counts what has happened. */
    void saw(Happening happening) {
        seen[happening.ordinal()]++;
    }

    /** Prints what happens, if that is wanted. */
    void trace(Object... what) {
        if (TRACE) {
            System.out.println(now + " " + Arrays.toString(what));
        }
    }

    /** For how long the replica that answers is behind. */
    long lag() {
        return calm ? 0 : random.nextLong(scenario.lateness() / 2 + 1);
    }

    String[] ids() {
        return ids;
    }

    String anyId() {
        return ids[random.nextInt(ids.length)];
    }

    /** What a record says of an id now. */
    Content content(String id) {
        OptionalLong version = scenario.versions().ofTrigger(random) ? source.bound(id) : OptionalLong.empty();
        return Content.trigger(id, version, source.newest(id));
    }

    /** What sends a trigger for what the id is now. */
    Runnable trigger(String id) {
        long version = source.newest(id);
        if (scenario.versions().ofTrigger(random)) {
            OptionalLong bound = source.bound(id);
            return () -> broker.send(id, bound, version);
        }
        return () -> broker.send(id, OptionalLong.empty(), source.newest(id));
    }

    void advance(long millis) {
        now += millis;
        for (SimulatedProcess process : group.all()) {
            process.advance();
        }
    }
}
