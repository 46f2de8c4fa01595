package io.triggerquery.producer.internal.queue;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** An entry of the queue. Threads: the queue's lock guards it. */
final class QueueEntry {

    /** By due time, then by age; nanoseconds are compared by difference because they may overflow. */
    static final Comparator<QueueEntry> BY_DUE = (one, other) -> {
        long difference = one.dueNanos - other.dueNanos;
        return difference != 0 ? Long.signum(difference) : Long.compare(one.row, other.row);
    };

    /** The oldest first. */
    static final Comparator<QueueEntry> BY_AGE = Comparator.comparingLong(QueueEntry::row);

    private final long row;
    private final Instant since;
    private OutgoingTrigger trigger;
    private long generation;
    private long dueNanos;
    private long earliestNanos;
    private boolean claimed;
    private long leaseEndsNanos;
    private int attempts;
    private @Nullable String parked;

    QueueEntry(long row, OutgoingTrigger trigger, Instant since, long addedNanos) {
        this.row = row;
        this.trigger = trigger;
        this.since = since;
        this.earliestNanos = addedNanos;
    }

    long row() {
        return row;
    }

    OutgoingTrigger trigger() {
        return trigger;
    }

    long generation() {
        return generation;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - earliestNanos;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    boolean isParked() {
        return parked != null;
    }

    /** Returns whether the entry is being sent. */
    boolean isClaimed(long nowNanos) {
        return claimed && nowNanos - leaseEndsNanos < 0;
    }

    void claim(long newLeaseEndsNanos) {
        claimed = true;
        leaseEndsNanos = newLeaseEndsNanos;
    }

    void endClaim() {
        claimed = false;
    }

    void renew(long newGeneration, @Nullable Long version) {
        generation = newGeneration;
        trigger = trigger.merge(version);
    }

    /** Sets the earliest time to send the entry, from which its age counts too. */
    void delayUntil(long nanos) {
        earliestNanos = nanos;
    }

    /** Returns this time, or the earliest time to send if that is later. */
    long earliestFrom(long nanos) {
        return nanos - earliestNanos >= 0 ? nanos : earliestNanos;
    }

    /** Sets the due time; called only while the entry is in no set that is sorted by it. */
    void moveTo(long newDueNanos) {
        dueNanos = newDueNanos;
    }

    void failed() {
        attempts++;
    }

    void park(String reason) {
        parked = reason;
    }

    void unpark() {
        parked = null;
    }

    Claimed claimed() {
        return new Claimed(row, generation, trigger, attempts);
    }

    WaitingTrigger shown() {
        return new WaitingTrigger(trigger, since, attempts, parked);
    }
}
