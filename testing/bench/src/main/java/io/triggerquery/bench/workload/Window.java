package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.util.EnumMap;
import java.util.Map;

/**
 * The time between two samples.
 *
 * @param calls the calls of the source during this time
 * @param databaseNanos the CPU time of the database during this time; 0 without one
 */
record Window(Sample from, Sample to, Counts calls, long databaseNanos) {

    private static final long SHORTEST_NANOS = 400_000_000;

    /** Returns the rate and the costs of a trigger, or nothing if the time is too short. */
    Map<Figure, Double> figures() {
        long nanos = to.nanos() - from.nanos();
        double settled = to.settled() - from.settled();
        if (nanos < SHORTEST_NANOS || settled <= 0) {
            return Map.of();
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RATE, settled / WallClock.seconds(nanos));
        figures.put(Figure.CPU, (to.cpuNanos() - from.cpuNanos()) / 1e6 / settled);
        figures.put(Figure.QUERIES, calls.calls() / settled);
        if (databaseNanos > 0) {
            figures.put(Figure.DATABASE_CPU, databaseNanos / 1e6 / settled);
        }
        return figures;
    }
}
