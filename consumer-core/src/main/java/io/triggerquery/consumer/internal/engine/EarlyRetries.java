package io.triggerquery.consumer.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * Permits failing ids to be retried before their back-off ends: two for each failing id that succeeds. Thousands of ids
 * recover together once their common cause has ended, and a cause that remains costs at most two more rounds for each
 * success.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: as many early retries as failing ids are kept in memory at most.
 */
final class EarlyRetries {

    private static final int EARLY_RETRIES_PER_SUCCESS = 2;

    private final IntrusiveList<WorkItem> waiting = new IntrusiveList<>();
    private final int limit;
    private int permitted;

    EarlyRetries(int limit) {
        this.limit = limit;
    }

    /** Records that a failing id has succeeded. */
    void succeeded() {
        permitted = Math.min(limit, permitted + EARLY_RETRIES_PER_SUCCESS);
    }

    /** Records that a failing id has failed again in a round of its own. */
    void failed() {
        permitted = 0;
    }

    void add(WorkItem item) {
        waiting.add(item);
    }

    void remove(WorkItem item) {
        waiting.remove(item);
    }

    /** Uses one early retry. Returns whether one was permitted. */
    boolean takeEarlyRetry() {
        if (permitted == 0) {
            return false;
        }
        permitted--;
        return true;
    }

    /**
     * Returns the id that has waited longest and uses one early retry, or returns null if none is permitted or waiting.
     */
    @Nullable
    WorkItem next() {
        WorkItem first = waiting.first();
        return first != null && takeEarlyRetry() ? first : null;
    }
}
