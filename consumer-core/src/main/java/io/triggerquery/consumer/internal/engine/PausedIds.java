package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids that an operator has paused, each until a time. Their triggers are deferred, so that they do not hold the
 * offsets of a trigger topic; those from the retry topic wait in memory until the pause ends, and their offsets with
 * them.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: the caller limits the number of paused ids.
 */
final class PausedIds {

    private final Map<Object, Long> endsById = new HashMap<>();
    private final WorkQueue queue;
    private final String retryTopic;

    PausedIds(WorkQueue queue, String retryTopic) {
        this.queue = queue;
        this.retryTopic = retryTopic;
    }

    void put(String id, Duration remaining) {
        endsById.put(id, queue.now() + remaining.toNanos());
    }

    /** Returns whether the id was paused. */
    boolean remove(String id) {
        return endsById.remove(id) != null;
    }

    /** Returns whether the id of an item is paused. */
    boolean contains(WorkItem item) {
        return remaining(item) > 0;
    }

    /** Returns whether an id is paused. */
    boolean contains(String id) {
        Long end = endsById.get(id);
        return end != null && end > queue.now();
    }

    /** Returns for how many nanoseconds the id of an item is still paused, 0 if it is not. */
    private long remaining(WorkItem item) {
        Long end = endsById.isEmpty() ? null : endsById.get(item.work().key());
        if (end == null || !(item.work() instanceof Work.Refresh)) {
            return 0;
        }
        long remaining = end - queue.now();
        if (remaining <= 0) {
            endsById.remove(item.work().key());
        }
        return Math.max(0, remaining);
    }

    /**
     * Sets an item aside if its id is paused, instead of making it ready for a query.
     *
     * @return whether it was set aside
     */
    boolean setAside(WorkItem item) {
        long remaining = remaining(item);
        if (remaining == 0) {
            return false;
        }
        if (!queue.isKept(item, Lane.DEFER)) {
            return true;
        }
        if (isDeferred(item.waiting())) {
            queue.makeWaiting(item, WorkState.Reason.PAUSED, Duration.ofNanos(remaining));
        } else {
            queue.place(item, Lane.DEFER);
        }
        return true;
    }

    private boolean isDeferred(List<OpenDelivery> deliveries) {
        return deliveries.stream()
                .allMatch(delivery -> delivery.tracker().partition().topic().equals(retryTopic));
    }
}
