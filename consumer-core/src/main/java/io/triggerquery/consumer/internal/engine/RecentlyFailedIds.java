package io.triggerquery.consumer.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Remembers ids that were deferred or dead-lettered. They have left the queue, but the next trigger of one of them is
 * queried alone, so that an id which always fails makes a batch fail only once.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: the latest {@value #SIZE}.
 */
final class RecentlyFailedIds {

    private static final int SIZE = 10_000;

    private final Cache<String, Boolean> ids =
            Caffeine.newBuilder().maximumSize(SIZE).executor(Runnable::run).build();

    void add(Work work) {
        if (work instanceof Work.Refresh refresh) {
            ids.put(refresh.trigger().id(), true);
        }
    }

    boolean contains(Work work) {
        return work instanceof Work.Refresh refresh
                && ids.getIfPresent(refresh.trigger().id()) != null;
    }

    void remove(Work work) {
        if (work instanceof Work.Refresh refresh) {
            ids.invalidate(refresh.trigger().id());
        }
    }
}
