package io.triggerquery.consumer.internal.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the deliveries of one assignment of a partition that are not settled, and so how far it may be committed.
 *
 * <p>The watermark stands just below the oldest open delivery. Only delivered offsets count: on compacted topics and
 * between transaction markers the next offset is not the last one plus one. Each open delivery remembers its
 * predecessor, so settled ones need not be kept: an id that stays open for hours holds the watermark, not memory.
 *
 * <p>One change may move the watermark many times. It is acknowledged once, when the change is over: each
 * acknowledgement costs the container more than all that is done here.
 *
 * <p>A partition that comes back after a revocation gets a new tracker. The old one is fenced and ignores what is
 * settled late, so the object itself is the epoch.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one entry for each open delivery. Failure:
 * none; each open delivery must be settled at most once.
 */
final class OffsetTracker {

    private enum Phase {
        ASSIGNED,
        RELEASING,
        FENCED
    }

    private final TopicPartition partition;
    private final Object owner;
    private final PendingLimit pendingLimit;
    private final Collection<OffsetTracker> changed;
    private final IntrusiveList<OpenDelivery> open = new IntrusiveList<>();
    private final TreeSet<Long> readAgain = new TreeSet<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private @Nullable Set<Long> openOffsets; // only while what was read again might be among them
    private @Nullable Delivery newest;
    private boolean changing;
    private boolean moved;
    private Phase phase = Phase.ASSIGNED;
    private int running;

    /**
     * Begins an assignment.
     *
     * @param owner the consumer that the partition was assigned to
     * @param changed where it puts itself for {@link #conclude} to be called
     */
    OffsetTracker(TopicPartition partition, Object owner, PendingLimit pendingLimit, Collection<OffsetTracker> changed) {
        this.partition = partition;
        this.owner = owner;
        this.pendingLimit = pendingLimit;
        this.changed = changed;
    }

    TopicPartition partition() {
        return partition;
    }

    boolean isOwnedBy(Object consumer) {
        return owner == consumer;
    }

    /**
     * Opens a delivery, or returns null if it is open already.
     *
     * <p>An offset below the newest was read again after a rewind: an operator's, or the client's own when a log lost
     * its end. It counts like any other, and nothing is acknowledged while it is open. After a log has lost its end,
     * what stands anew at an offset that is still open is not told from what stood there before.
     */
    @Nullable
    OpenDelivery register(Delivery delivery, long now) {
        long offset = delivery.offset();
        Delivery below = newest;
        if (below == null || offset > below.offset()) {
            newest = delivery;
        } else if (isOpen(offset)) {
            return null;
        } else {
            below = null;
            readAgain.add(offset);
        }
        var opened = new OpenDelivery(this, delivery, below, now);
        open.add(opened);
        if (openOffsets != null) {
            openOffsets.add(offset);
        }
        pendingLimit.add(opened.weight());
        return opened;
    }

    /** The first record of a rewind is looked for among all that is open; the others may be as many. */
    private boolean isOpen(long offset) {
        if (openOffsets == null) {
            openOffsets = new HashSet<>();
            for (OpenDelivery each = open.first(); each != null; each = each.after()) {
                openOffsets.add(each.delivery().offset());
            }
        }
        return openOffsets.contains(offset);
    }

    /** Settles a delivery, which may move the watermark. Does nothing once fenced. */
    void settle(OpenDelivery settled) {
        if (phase == Phase.FENCED) {
            return;
        }
        long offset = settled.delivery().offset();
        boolean held = !readAgain.isEmpty() && readAgain.remove(offset) || open.first() == settled;
        open.remove(settled);
        forget(offset);
        pendingLimit.remove(settled.weight());
        if (held) {
            changes();
            moved = true;
        }
    }

    private void forget(long offset) {
        if (open.isEmpty()) {
            openOffsets = null;
        } else if (openOffsets != null) {
            openOffsets.remove(offset);
        }
    }

    private void changes() {
        if (!changing) {
            changing = true;
            changed.add(this);
        }
    }

    /** A change is over: acknowledges up to the watermark if that has moved, and says whether nothing runs any more. */
    void conclude() {
        OpenDelivery oldest = open.first();
        Delivery watermark = oldest == null ? newest : oldest.below();
        if (moved && readAgain.isEmpty() && watermark != null) {
            watermark.acknowledge().run();
        }
        changing = false;
        moved = false;
        completeIfDrained();
    }

    /** The first offset that is not settled, or -1 while nothing was delivered. */
    long watermark() {
        OpenDelivery first = open.first();
        if (first != null) {
            long oldest = first.delivery().offset();
            return readAgain.isEmpty() ? oldest : Math.min(oldest, readAgain.first());
        }
        return newest == null ? -1 : newest.offset() + 1;
    }

    int open() {
        return open.size();
    }

    /** Whether work for this assignment is still wanted. */
    boolean assigned() {
        return phase == Phase.ASSIGNED;
    }

    void started() {
        running++;
    }

    void finished() {
        running--;
        if (phase == Phase.RELEASING) {
            changes();
        }
    }

    /** Wants no further work; the future completes when what runs has finished. */
    CompletableFuture<Void> release() {
        if (phase == Phase.ASSIGNED) {
            phase = Phase.RELEASING;
        }
        completeIfDrained();
        return drained;
    }

    /** From now on nothing is acknowledged. Returns how many rounds still run. */
    int fence() {
        phase = Phase.FENCED;
        while (!open.isEmpty()) {
            pendingLimit.remove(open.removeFirst().weight());
        }
        openOffsets = null;
        readAgain.clear();
        drained.complete(null);
        return running;
    }

    private void completeIfDrained() {
        if (phase == Phase.RELEASING && running == 0) {
            drained.complete(null);
        }
    }
}
