package io.triggerquery.producer.internal.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The order of a queue's entries. An entry is either parked, or pending and in the claim order of its destination.
 *
 * <p>Threads: the queue's lock guards it.
 */
final class QueueOrder {

    private final TreeSet<QueueEntry> parked = new TreeSet<>(QueueEntry.BY_AGE);
    private final TreeSet<QueueEntry> pending = new TreeSet<>(QueueEntry.BY_AGE);
    private final Map<String, TreeSet<QueueEntry>> byDestination = new HashMap<>();

    /** Returns the parked entries, the oldest first. */
    SortedSet<QueueEntry> parked() {
        return parked;
    }

    /** Returns the pending entries, the oldest first. */
    SortedSet<QueueEntry> pending() {
        return pending;
    }

    /** Returns the pending entries of a destination, those that have been due longest first. */
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

    /** Ends the entry's claim and makes it due at this time. */
    void endClaim(QueueEntry entry, long dueNanos) {
        entry.endClaim();
        postpone(entry, entry.earliestFrom(dueNanos));
    }

    void postpone(QueueEntry entry, long dueNanos) {
        // the due time is the sort key, so the entry is removed while it changes
        SortedSet<QueueEntry> order = of(entry.trigger().destination());
        order.remove(entry);
        entry.moveTo(dueNanos);
        order.add(entry);
    }
}
