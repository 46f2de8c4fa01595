package io.triggerquery.producer.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs schedules in parallel, each from its own seed, until one fails. */
final class Simulation {

    private static final int BLOCK = 20;

    private final long[] seen = new long[SimulationEvent.values().length];
    private volatile long failing = Long.MAX_VALUE;
    private Throwable failure;

    /** Runs the schedules from this seed on. Throws the failure of the first that fails. */
    void run(long firstSeed, int schedules) {
        long end = firstSeed + schedules;
        int blocks = (schedules + BLOCK - 1) / BLOCK;
        try (UndeliveredLines lines = UndeliveredLines.read()) {
            IntStream.range(0, blocks).parallel().forEach(block -> {
                long first = firstSeed + (long) block * BLOCK;
                runBlock(first, Math.min(first + BLOCK, end));
            });
        }
        if (failure != null) {
            String what = failure instanceof Violation ? failure.getMessage() : failure.toString();
            throw new AssertionError("seed " + failing + ": " + what, failure);
        }
    }

    private void runBlock(long first, long end) {
        long[] counts = new long[seen.length];
        UndeliveredLines.collect();
        for (long seed = first; seed < end && seed < failing; seed++) {
            var world = new SimulatedWorld(seed, counts);
            try {
                new RandomSchedule(world).play();
                new ConvergenceCheck(world).await();
            } catch (RuntimeException | Error wrong) {
                failed(seed, wrong);
            } finally {
                world.time.close();
            }
        }
        UndeliveredLines.ignore();
        add(counts);
    }

    private synchronized void failed(long seed, Throwable wrong) {
        if (seed < failing) {
            failing = seed;
            failure = wrong;
        }
    }

    private synchronized void add(long[] counts) {
        for (int i = 0; i < seen.length; i++) {
            seen[i] += counts[i];
        }
    }

    /** The number of occurrences of each event. */
    synchronized Map<SimulationEvent, Long> seen() {
        Map<SimulationEvent, Long> counts = new EnumMap<>(SimulationEvent.class);
        for (SimulationEvent event : SimulationEvent.values()) {
            counts.put(event, seen[event.ordinal()]);
        }
        return counts;
    }
}
