package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The instances that have sent statuses, with their ages by the broker's clock.
 *
 * <p>Threads: guarded by the fleet's lock.
 *
 * @param here the name of this instance
 * @param goneAfter the age of a status at which its instance counts as gone
 */
record Instances(String here, ControlState state, BrokerClock clock, Duration goneAfter) {

    /** Returns the other instances that have a listener, in the order of their names. */
    List<FleetReport.Instance> others(String listener) {
        Instant now = clock.now();
        List<FleetReport.Instance> found = new ArrayList<>();
        state.statuses(listener).forEach((name, seen) -> {
            if (!name.equals(here)) {
                Duration age = Duration.between(seen.at(), now);
                age = age.isNegative() ? Duration.ZERO : age.truncatedTo(ChronoUnit.MILLIS);
                found.add(new FleetReport.Instance(name, age, age.compareTo(goneAfter) > 0, seen.status()));
            }
        });
        return found;
    }

    /** Returns the names of the other instances that have a listener and do not count as gone. */
    List<String> othersAlive(String listener) {
        return others(listener).stream()
                .filter(other -> !other.gone())
                .map(FleetReport.Instance::instance)
                .toList();
    }
}
