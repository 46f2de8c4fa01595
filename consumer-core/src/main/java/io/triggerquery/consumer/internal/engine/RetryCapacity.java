package io.triggerquery.consumer.internal.engine;

/**
 * Counts failing ids and ids from the retry topic that are in memory, against a limit. This limit is separate from that
 * of all pending work, so that ids which never succeed cannot use that up.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class RetryCapacity {

    private static final int NEAR_PERCENT = 80;

    private final int limit;
    private final PendingLimit used;
    private final PendingLimit near;

    RetryCapacity(int limit) {
        this.limit = limit;
        this.used = new PendingLimit(limit);
        this.near = new PendingLimit(Math.max(1, limit * (long) NEAR_PERCENT / 100));
    }

    /** Adds or removes an item according to its state. Called after each change of its state. */
    void update(WorkItem item) {
        count(item, item.needsRetryCapacity());
    }

    /** Removes an item. */
    void remove(WorkItem item) {
        count(item, false);
    }

    private void count(WorkItem item, boolean failing) {
        if (failing && !item.isCounted()) {
            used.add(1);
            near.add(1);
        } else if (!failing && item.isCounted()) {
            used.remove(1);
            near.remove(1);
        }
        item.setCounted(failing);
    }

    /** Returns the number of failing ids in memory. */
    int used() {
        return (int) used.weight();
    }

    int limit() {
        return limit;
    }

    boolean full() {
        return used.full();
    }

    /** Returns whether most of the capacity is used. */
    boolean nearlyFull() {
        return near.full();
    }
}
