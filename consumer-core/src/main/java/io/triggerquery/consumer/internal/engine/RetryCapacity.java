package io.triggerquery.consumer.internal.engine;

/**
 * Counts failing ids and ids from the retry topic that are in memory, against a limit. The count has a limit apart
 * from that of all pending work, so that ids which never succeed cannot use that up.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class RetryCapacity {

    private static final int NEAR_PERCENT = 80;

    private final int limit;
    private final Load used;
    private final Load near;

    RetryCapacity(int limit) {
        this.limit = limit;
        this.used = new Load(limit);
        this.near = new Load(Math.max(1, limit * (long) NEAR_PERCENT / 100));
    }

    /** Counts an item, or counts it no longer, as its state says. Called after each change of its state. */
    void update(WorkItem item) {
        count(item, item.needsRetryCapacity());
    }

    /** Counts an item no longer. */
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
        item.counted(failing);
    }

    /** How many failing ids are in memory. */
    int used() {
        return (int) used.weight();
    }

    int limit() {
        return limit;
    }

    boolean full() {
        return used.full();
    }

    /** Whether most of the capacity is used, as a warning. */
    boolean nearlyFull() {
        return near.full();
    }
}
