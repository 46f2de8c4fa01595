package io.triggerquery.consumer.internal.engine;

/**
 * Limits the number of rounds that query the source at once, and the ids of each.
 *
 * <p>When queries resume, one round queries one id: the probe must not be a batch that is too heavy for the source.
 * Each success doubles the rounds, and each success with the maximum number of ids doubles the ids. A batch that fails
 * as a whole halves the ids; above half of a size that has failed they grow by one at a time. This is the slow start
 * and congestion avoidance of TCP (RFC 5681).
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class SlowStart {

    private final int maxRounds;
    private final int maxIds;
    private int rounds;
    private int ids;
    private int threshold;

    SlowStart(int maxRounds, int maxIds) {
        this.maxRounds = maxRounds;
        this.maxIds = maxIds;
        this.rounds = maxRounds;
        this.ids = maxIds;
        this.threshold = maxIds;
    }

    /** Returns the maximum number of concurrent rounds that query the source. */
    int rounds() {
        return rounds;
    }

    /** Returns the maximum number of ids in a query. */
    int ids() {
        return ids;
    }

    /** Starts again with one round of one id. */
    void restart() {
        rounds = 1;
        ids = 1;
    }

    /** Records that a round of this size has succeeded, at least in part. */
    void succeeded(int size) {
        rounds = (int) Math.min(maxRounds, rounds * 2L);
        if (size < ids || ids == maxIds) {
            return;
        }
        ids = ids < threshold ? Math.min(threshold, ids * 2) : ids + 1;
        threshold = ids == maxIds ? maxIds : threshold;
    }

    /** Records that a batch of this size has failed as a whole. */
    void failed(int size) {
        if (size > 1) {
            threshold = size / 2;
            ids = Math.min(ids, threshold);
        }
    }
}
