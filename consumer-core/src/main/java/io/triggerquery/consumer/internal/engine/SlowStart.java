package io.triggerquery.consumer.internal.engine;

/**
 * Limits the number of rounds that query the source at once, and the ids of each.
 *
 * <p>After a hold one round asks for one id: what is too heavy for the source must not be what finds out whether it is
 * back. Each success doubles the rounds, and each success with as many ids as are allowed doubles the ids. A batch that
 * fails as a whole halves the ids; beyond half of a size that has failed they grow by one at a time. This is the slow
 * start and congestion avoidance of TCP (RFC 5681).
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

    /** How many rounds may ask at once. */
    int rounds() {
        return rounds;
    }

    /** How many ids a round may ask for. */
    int ids() {
        return ids;
    }

    void restart() {
        rounds = 1;
        ids = 1;
    }

    /** A round of this size has succeeded, at least in part. */
    void succeeded(int size) {
        rounds = (int) Math.min(maxRounds, rounds * 2L);
        if (size < ids || ids == maxIds) {
            return;
        }
        ids = ids < threshold ? Math.min(threshold, ids * 2) : ids + 1;
        threshold = ids == maxIds ? maxIds : threshold;
    }

    /** A batch of this size has failed as a whole. */
    void failed(int size) {
        if (size > 1) {
            threshold = size / 2;
            ids = Math.min(ids, threshold);
        }
    }
}
