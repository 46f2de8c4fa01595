package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/**
 * The engine's limits and times.
 *
 * @param limits how much at once
 * @param timing how long
 */
public record EngineSettings(Limits limits, Timing timing) {

    /**
     * How much at once.
     *
     * @param concurrency how many rounds are under way at once; at least 1
     * @param maxBatch how many ids one round may take, if the source can be asked for several; at least 1
     * @param maxPending how much may be open before the partitions are paused, in deliveries (a message of more than a
     *     kilobyte counts once for each started kilobyte); reading starts again at half of it. At least 1. Up to one
     *     poll of each consumer thread can come on top.
     * @param maxWaiting how many failing ids, and ids from the retry topic, are kept in memory. From 80 % of it on what
     *     fails is deferred at once; beyond it the retry topic is not read. At least 1; less than maxPending, so that what fails never stops what works.
     * @param rememberedVersions of how many ids the applied version is remembered, to settle a trigger for no newer one
     *     without a query; 0 remembers none
     * @param maxAbsences how many different ids in a row the source may say it does not have before absences are held until the
     *     source answers with a state or an operator confirms them; 0 for any number
     */
    public record Limits(
            int concurrency, int maxBatch, long maxPending, int maxWaiting, long rememberedVersions, int maxAbsences) {

        /** Limits without one for absences. */
        public Limits(int concurrency, int maxBatch, long maxPending, int maxWaiting, long rememberedVersions) {
            this(concurrency, maxBatch, maxPending, maxWaiting, rememberedVersions, 0);
        }

        public Limits {
            atLeast(1, concurrency, "concurrency");
            atLeast(1, maxBatch, "max-batch");
            atLeast(1, maxPending, "max-pending");
            atLeast(1, maxWaiting, "max-waiting");
            atLeast(0, rememberedVersions, "remembered-versions");
            atLeast(0, maxAbsences, "max-absences");
        }
    }

    /**
     * How long.
     *
     * @param settleDelay how long after a trigger's arrival its query begins at the earliest
     * @param absentGrace for how long an absence without a version must have been said before it is believed
     * @param staleGrace for how long answers older than the trigger are asked for again before they count as failures
     * @param deferAfter for how long an id may fail before its trigger is deferred
     */
    public record Timing(Duration settleDelay, Duration absentGrace, Duration staleGrace, Duration deferAfter) {}

    /** The same with another concurrency. */
    public EngineSettings withConcurrency(int concurrency) {
        return new EngineSettings(
                new Limits(
                        concurrency,
                        limits.maxBatch(),
                        limits.maxPending(),
                        limits.maxWaiting(),
                        limits.rememberedVersions(),
                        limits.maxAbsences()),
                timing);
    }

    private static void atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }
}
