package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks what the relays of a process send and report. */
final class RelayWatch implements RelayListener {

    /** The second failure in a row must be reported; at the third without a report, the report is missing. */
    private static final int TOO_MANY_FAILURES = 3;

    private final SimulatedWorld world;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Set<String> reported = new HashSet<>();
    private final Map<Key, Integer> arrivals = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> mixed = new HashSet<>();
    /** Destinations at which not every current send fails for the same reason. */
    private final Set<String> partial = new HashSet<>();

    RelayWatch(SimulatedWorld world) {
        this.world = world;
    }

    void begins(String destination, int entries) {
        if (entries > 1 && away.contains(destination)) {
            world.time.violated("sends", entries, "triggers at once to an unavailable destination:", destination);
        }
        mixed.remove(destination);
        partial.remove(destination);
    }

    void sends(String destination) {
        if (!world.broker.isAwayAsAWhole(destination)) {
            partial.add(destination);
        }
        attempts.merge(destination, 1, Integer::sum);
    }

    void arrived(OutgoingTrigger trigger) {
        arrivals.merge(trigger.key(), 1, Integer::sum);
    }

    /** The number of sends so far. */
    int attempts(String destination) {
        return attempts.getOrDefault(destination, 0);
    }

    /** The number of triggers of a destination that have arrived so far. */
    int arrivals(String destination) {
        return arrivals.entrySet().stream()
                .filter(one -> one.getKey().destination().equals(destination))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Whether an outage was reported, but not its end. */
    boolean isReported(String destination) {
        return reported.contains(destination);
    }

    @Override
    public void sent(String destination, int triggers) {
        failures.remove(destination);
        away.remove(destination);
        mixed.add(destination);
    }

    @Override
    public void failed(String destination, Reason reason, int triggers) {
        if (reason == Reason.REFUSED || mixed.remove(destination)) {
            return;
        }
        if (partial.contains(destination)) {
            // the partitions are counted separately
            failures.remove(destination);
            away.remove(destination);
            return;
        }
        away.add(destination);
        if (failures.merge(destination, 1, Integer::sum) >= TOO_MANY_FAILURES && !reported.contains(destination)) {
            world.time.violated("no alarm for an outage of", destination);
        }
    }

    @Override
    public void outage(String destination, String cause) {
        if (!reported.add(destination)) {
            world.time.violated("a second alarm for the same outage of", destination);
        }
    }

    @Override
    public void recovered(String destination, Duration outage) {
        if (!reported.remove(destination)) {
            world.time.violated("recovery without an outage:", destination);
        }
    }

    @Override
    public void parked(String destination, int triggers, String cause) {
        world.saw(SimulationEvent.PARKED);
    }
}
