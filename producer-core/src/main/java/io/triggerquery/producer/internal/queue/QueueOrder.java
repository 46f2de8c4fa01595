package io.triggerquery.producer.internal.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The orders of a queue's entries: an entry is parked, or it is pending and in its destination's order of claims.
 *
 * <p>Threads: the queue's lock guards it.
 */
final class QueueOrder {

    private final TreeSet<QueueEntry> parked = new TreeSet<>(QueueEntry.BY_AGE);
    private final TreeSet<QueueEntry> pending = new TreeSet<>(QueueEntry.BY_AGE);
    private final Map<String, TreeSet<QueueEntry>> byDestination = new HashMap<>();

    /** The oldest first. */
    SortedSet<QueueEntry> parked() {
        return parked;
    }

    /** The oldest first. */
    SortedSet<QueueEntry> pending() {
        return pending;
    }

    /** What is pending for a destination, what has been due longest first. */
    SortedSet<QueueEntry> of(String destination) {
        return byDestination.computeIfAbsent(destination, name -> new TreeSet<>(QueueEntry.BY_DUE));
    }

    void add(QueueEntry entry) {
        pending.add(entry);
        of(entry.trigger().destination()).add(entry);
    }

    void remove(QueueEntry entry) {
        if (!parked.remove(entry)) {
            pending.remove(entry);
            of(entry.trigger().destination()).remove(entry);
        }
    }

    void park(QueueEntry entry, String reason) {
        remove(entry);
        entry.endClaim();
        entry.park(reason);
        parked.add(entry);
    }

    void release(QueueEntry entry, long dueNanos) {
        parked.remove(entry);
        entry.unpark();
        entry.moveTo(dueNanos);
        add(entry);
    }

    void claim(QueueEntry entry, long leaseEndsNanos) {
        entry.claim(leaseEndsNanos);
        postpone(entry, leaseEndsNanos);
    }

    /** It is not being sent any more. */
    void comeBack(QueueEntry entry, long dueNanos) {
        entry.endClaim();
        postpone(entry, entry.later(dueNanos));
    }

    void postpone(QueueEntry entry, long dueNanos) {
        // a sorted set must not see its key change
        SortedSet<QueueEntry> order = of(entry.trigger().destination());
        order.remove(entry);
        entry.moveTo(dueNanos);
        order.add(entry);
    }
}
