package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.util.Map;

/**
 * What happened between two samples.
 *
 * @param asked of the source meanwhile
 */
record Window(Sample from, Sample to, Counts asked) {

    private static final long SHORTEST_NANOS = 400_000_000;

    /** Its rate and what a trigger costs, or nothing if it is too short to tell. */
    Map<Figure, Double> figures() {
        long nanos = to.nanos() - from.nanos();
        double settled = to.settled() - from.settled();
        if (nanos < SHORTEST_NANOS || settled <= 0) {
            return Map.of();
        }
        return Map.of(
                Figure.RATE, settled / WallClock.seconds(nanos),
                Figure.CPU, (to.cpuNanos() - from.cpuNanos()) / 1e6 / settled,
                Figure.QUERIES, asked.calls() / settled);
    }
}
