package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Watches what a process's relays tell and send. */
final class RelayWatch implements RelayListener {

    /** The second failure in a row is told of; one more and it is missed. */
    private static final int TOO_MANY_FAILURES = 3;

    private final SimulatedWorld world;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final Map<Key, Integer> arrivals = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> mixed = new HashSet<>();
    /** Of which not every send under way was in vain for the same reason. */
    private final Set<String> inParts = new HashSet<>();

    RelayWatch(SimulatedWorld world) {
        this.world = world;
    }

    void begins(String destination, int entries) {
        if (entries > 1 && away.contains(destination)) {
            world.time.violated("tries", entries, "at once of a destination that is away:", destination);
        }
        mixed.remove(destination);
        inParts.remove(destination);
    }

    void sends(String destination) {
        if (!world.broker.isAwayAsAWhole(destination)) {
            inParts.add(destination);
        }
        attempts.merge(destination, 1, Integer::sum);
    }

    void arrived(OutgoingTrigger trigger) {
        arrivals.merge(trigger.key(), 1, Integer::sum);
    }

    /** How many sends there were so far. */
    int attempts(String destination) {
        return attempts.getOrDefault(destination, 0);
    }

    /** How many triggers of a destination have arrived so far. */
    int arrivals(String destination) {
        return arrivals.entrySet().stream()
                .filter(one -> one.getKey().destination().equals(destination))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Whether an outage was told of, and not yet its end. */
    boolean isTold(String destination) {
        return told.contains(destination);
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
        if (inParts.contains(destination)) {
            // its parts are judged one by one
            failures.remove(destination);
            away.remove(destination);
            return;
        }
        away.add(destination);
        if (failures.merge(destination, 1, Integer::sum) >= TOO_MANY_FAILURES && !told.contains(destination)) {
            world.time.violated("no alarm of an outage of", destination);
        }
    }

    @Override
    public void outage(String destination, String cause) {
        if (!told.add(destination)) {
            world.time.violated("a second alarm of one outage of", destination);
        }
    }

    @Override
    public void recovered(String destination, Duration outage) {
        if (!told.remove(destination)) {
            world.time.violated("recovered without an outage:", destination);
        }
    }

    @Override
    public void parked(String destination, int triggers, String cause) {
        world.saw(Happening.PARKED);
    }
}
