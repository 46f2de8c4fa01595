package io.triggerquery.consumer.internal.control;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The newest of many ids.
 *
 * <p>Threads: one. Bounds: as many ids as its limit.
 */
final class RecentIds {

    private final Set<String> ids = new LinkedHashSet<>();
    private final int limit;

    RecentIds(int limit) {
        this.limit = limit;
    }

    /** Adds an id. Returns false if it is one of the newest. */
    boolean add(String id) {
        boolean added = ids.add(id);
        if (ids.size() > limit) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
        return added;
    }
}
