package io.triggerquery.proof.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was done to the servers and the children of a run, by the machine's clock.
 *
 * @param deaths when a child was killed, by its number
 * @param outages when the broker was away
 */
record History(Map<Integer, Long> deaths, List<Outage> outages) {

    record Outage(long fromMillis, long toMillis) {

        boolean covers(long atMillis, Duration before, Duration after) {
            return atMillis >= fromMillis - before.toMillis() && atMillis <= toMillis + after.toMillis();
        }
    }
}
