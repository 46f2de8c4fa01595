package io.triggerquery.consumer.internal.engine;

/**
 * Counts the weight of the open deliveries of all partitions against a limit.
 *
 * <p>It is full from {@link EngineSettings.Limits#maxPending()} until no more than half of it is left. This hysteresis
 * keeps the partitions from being paused and resumed with every delivery.
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
