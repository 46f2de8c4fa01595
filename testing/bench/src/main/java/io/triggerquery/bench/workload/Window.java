package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.util.Map;

/**
 * The time between two samples.
 *
 * @param calls the calls of the source during this time
 */
record Window(Sample from, Sample to, Counts calls) {

    private static final long SHORTEST_NANOS = 400_000_000;

    /** Returns the rate and the costs of a trigger, or nothing if the time is too short. */
    Map<Figure, Double> figures() {
        long nanos = to.nanos() - from.nanos();
        double settled = to.settled() - from.settled();
        if (nanos < SHORTEST_NANOS || settled <= 0) {
            return Map.of();
        }
        return Map.of(
                Figure.RATE, settled / WallClock.seconds(nanos),
                Figure.CPU, (to.cpuNanos() - from.cpuNanos()) / 1e6 / settled,
                Figure.QUERIES, calls.calls() / settled);
    }
}
