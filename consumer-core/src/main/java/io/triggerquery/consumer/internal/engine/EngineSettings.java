package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/**
 * The limits and durations of an engine.
 *
 * @param limits the limits on work and memory
 * @param timing the durations
 */
public record EngineSettings(Limits limits, Timing timing) {

    /**
     * The limits on work and memory.
     *
     * @param concurrency the maximum number of concurrent rounds; at least 1
     * @param maxBatch the maximum number of ids in a round, if the source accepts several; at least 1
     * @param maxPending the weight of open deliveries at which the partitions are paused: 1 for each delivery, and 1
     *     more for each kilobyte that it keeps in memory. Reading resumes at half of it. At least 1. It can be exceeded
     *     by one poll of each consumer thread.
     * @param maxWaiting the maximum number of failing ids, and of ids from the retry topic, in memory. From 80 % of it
     *     on, ids that fail are deferred at once; at the limit the retry topic is not read. At least 1, and less than
     *     maxPending, so that failing ids do not stop the others.
     * @param rememberedVersions the number of ids whose applied version is remembered, to settle a trigger of an older
     *     version without a query; 0 for none
     * @param maxAbsences the number of consecutive ids that the source may report as absent before absences are
     *     withheld until the source answers with a state or an operator confirms them; 0 for no limit
     * @param journalSize the number of rounds of single ids that are remembered, of those that applied their id and of
     *     all others each; 0 for none
     */
    public record Limits(
            int concurrency,
            int maxBatch,
            long maxPending,
            int maxWaiting,
            long rememberedVersions,
            int maxAbsences,
            int journalSize) {

        /** Creates limits without one for absences, and without a journal. */
        public Limits(int concurrency, int maxBatch, long maxPending, int maxWaiting, long rememberedVersions) {
            this(concurrency, maxBatch, maxPending, maxWaiting, rememberedVersions, 0, 0);
        }

        public Limits {
            atLeast(1, concurrency, "concurrency");
            atLeast(1, maxBatch, "max-batch");
            atLeast(1, maxPending, "max-pending");
            atLeast(1, maxWaiting, "max-waiting");
            atLeast(0, rememberedVersions, "remembered-versions");
            atLeast(0, maxAbsences, "max-absences");
            atLeast(0, journalSize, "journal-size");
        }
    }

    /**
     * The durations of an engine.
     *
     * @param settleDelay the minimum time between a trigger's arrival and its query
     * @param absentGrace how long an id must be reported as absent, without a version, before the absence is projected
     * @param staleGrace how long the source is queried again for answers older than the trigger before they count as
     *     failures
     * @param deferAfter how long an id may fail before its trigger is deferred
     */
    public record Timing(Duration settleDelay, Duration absentGrace, Duration staleGrace, Duration deferAfter) {}

    /** Returns these settings with another concurrency. */
    public EngineSettings withConcurrency(int concurrency) {
        return new EngineSettings(
                new Limits(
                        concurrency,
                        limits.maxBatch(),
                        limits.maxPending(),
                        limits.maxWaiting(),
                        limits.rememberedVersions(),
                        limits.maxAbsences(),
                        limits.journalSize()),
                timing);
    }

    private static void atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }
}
