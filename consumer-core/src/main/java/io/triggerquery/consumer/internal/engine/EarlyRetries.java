package io.triggerquery.consumer.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * Permits failing ids to be retried before their back-off ends: two for each failing id that succeeds, so that
 * thousands recover together once their common cause has ended, and a cause that remains costs at most two more rounds
 * for each success.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: as many early tries as there may be failing ids in memory.
 */
final class EarlyRetries {

    private static final int EARLY_RETRIES_PER_SUCCESS = 2;

    private final IntrusiveList<WorkItem> waiting = new IntrusiveList<>();
    private final int limit;
    private int permitted;

    EarlyRetries(int limit) {
        this.limit = limit;
    }

    /** A failing id has succeeded. */
    void succeeded() {
        permitted = Math.min(limit, permitted + EARLY_RETRIES_PER_SUCCESS);
    }

    /** A failing id has failed again by itself. */
    void failed() {
        permitted = 0;
    }

    void add(WorkItem item) {
        waiting.add(item);
    }

    void remove(WorkItem item) {
        waiting.remove(item);
    }

    /** Uses one early try. Returns whether there was one. */
    boolean takeEarlyRetry() {
        if (permitted == 0) {
            return false;
        }
        permitted--;
        return true;
    }

    /** The id that has waited for longest, if it is to be tried now, or null. Uses one early try. */
    @Nullable
    WorkItem next() {
        WorkItem first = waiting.first();
        return first != null && takeEarlyRetry() ? first : null;
    }
}
