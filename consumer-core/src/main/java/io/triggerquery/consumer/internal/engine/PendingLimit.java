package io.triggerquery.consumer.internal.engine;

/**
 * Counts the weight of the open deliveries of all partitions against a limit.
 *
 * <p>Full from {@link EngineSettings.Limits#maxPending()} on, until no more than half of it is left: the gap keeps the
 * partitions from being paused and resumed with every delivery.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class PendingLimit {

    private final long limit;
    private long weight;
    private boolean full;

    PendingLimit(long limit) {
        this.limit = limit;
    }

    void add(long added) {
        weight += added;
        full |= weight >= limit;
    }

    void remove(long removed) {
        weight -= removed;
        full &= weight > limit / 2;
    }

    long limit() {
        return limit;
    }

    long weight() {
        return weight;
    }

    boolean full() {
        return full;
    }
}
