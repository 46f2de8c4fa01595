package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Content;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A source, a broker, a database and a group of processes, in virtual time and with random faults. */
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

    /** Whether callers await ids. */
    final boolean hasCallers;

    /** The virtual time in milliseconds. */
    long now;

    /** Whether all faults have ended. */
    boolean faultsEnded;

    /**
     * Creates the world of a seed.
     *
     * @param seen counts the events
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

    /** Returns whether an id that is created again restarts at the first version. */
    boolean restarts() {
        return scenario.versions() == Scenario.Versions.RESTARTING;
    }

    /** Counts an event. */
    void saw(SimulationEvent event) {
        seen[event.ordinal()]++;
    }

    /** Prints an event if tracing is on. */
    void trace(Object... what) {
        if (TRACE) {
            System.out.println(now + " " + Arrays.toString(what));
        }
    }

    /** Returns a random lag of the replica that answers. */
    long lag() {
        return faultsEnded ? 0 : random.nextLong(scenario.lateness() / 2 + 1);
    }

    String[] ids() {
        return ids;
    }

    String anyId() {
        return ids[random.nextInt(ids.length)];
    }

    /** Returns the content of a record about the current state of an id. */
    Content content(String id) {
        OptionalLong version = scenario.versions().ofTrigger(random) ? source.bound(id) : OptionalLong.empty();
        return Content.trigger(id, version, source.newest(id));
    }

    /** Returns an action that sends a trigger for the current state of an id. */
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
