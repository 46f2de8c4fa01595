package io.triggerquery.faultinjection.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The faults of a run's servers and children, by the machine's clock.
 *
 * @param deaths the time when a child was killed, by its number
 * @param outages the times without a broker
 */
record History(Map<Integer, Long> deaths, List<Outage> outages) {

    record Outage(long fromMillis, long toMillis) {

        boolean covers(long atMillis, Duration before, Duration after) {
            return atMillis >= fromMillis - before.toMillis() && atMillis <= toMillis + after.toMillis();
        }
    }
}
