package io.triggerquery.consumer.internal.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the deliveries of one assignment of a partition that are not settled, and the offset up to which it may be
 * committed.
 *
 * <p>The watermark is the oldest open offset; its predecessor is acknowledged. Only delivered offsets count: on
 * compacted topics and between transaction markers the next offset is not the last one plus one. Each open delivery
 * references its predecessor, so settled ones are not kept: an id that stays open for hours holds the watermark, but no
 * memory.
 *
 * <p>One change may move the watermark many times. It is acknowledged once, at the end of the change, since an
 * acknowledgement is expensive for the container.
 *
 * <p>A partition that is assigned again after a revocation gets a new tracker. The old one is fenced and ignores later
 * calls, so the object itself is the epoch.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one entry for each open delivery. Failure: none; each open delivery
 * must be settled at most once, which is not checked.
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
    private final DecoderHealth.OfTopic decoder;
    private final Collection<OffsetTracker> changed;
    private final IntrusiveList<OpenDelivery> open = new IntrusiveList<>();
    private final TreeSet<Long> rereadOffsets = new TreeSet<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private @Nullable Set<Long> openOffsets; // null unless offsets are read again after a rewind
    private @Nullable Delivery newest;
    private boolean listedAsChanged;
    private boolean watermarkMoved;
    private Phase phase = Phase.ASSIGNED;
    private int running;

    /**
     * Creates the tracker of a new assignment.
     *
     * @param owner the consumer to which the partition is assigned
     * @param changed the list to which this tracker adds itself when {@link #conclude} is to be called
     */
    OffsetTracker(
            TopicPartition partition,
            Object owner,
            PendingLimit pendingLimit,
            DecoderHealth.OfTopic decoder,
            Collection<OffsetTracker> changed) {
        this.partition = partition;
        this.owner = owner;
        this.pendingLimit = pendingLimit;
        this.decoder = decoder;
        this.changed = changed;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Returns what is known of the decoder of its topic. */
    DecoderHealth.OfTopic decoder() {
        return decoder;
    }

    boolean isOwnedBy(Object consumer) {
        return owner == consumer;
    }

    /**
     * Opens a delivery. Returns null if its offset is open already.
     *
     * <p>An offset below the newest is read again after a rewind, by an operator or by the client after a truncation of
     * the log. It counts like any other, and nothing is acknowledged while it is open. After a truncation a new record
     * at an offset that is still open is not distinguished from the former one.
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
            rereadOffsets.add(offset);
        }
        var opened = new OpenDelivery(this, delivery, below, now);
        open.add(opened);
        if (openOffsets != null) {
            openOffsets.add(offset);
        }
        pendingLimit.add(opened.weight());
        if (opened.isUndecoded()) {
            decoder.opened(opened.undividedWeight());
        } else {
            decoder.decoded();
        }
        return opened;
    }

    /**
     * Returns whether an offset is open. The first call after a rewind collects the open offsets for the following
     * ones.
     */
    private boolean isOpen(long offset) {
        if (openOffsets == null) {
            openOffsets = new HashSet<>();
            for (OpenDelivery each = open.first(); each != null; each = each.after()) {
                openOffsets.add(each.delivery().offset());
            }
        }
        return openOffsets.contains(offset);
    }

    /** Divides an open delivery into the parts of its record. */
    List<OpenDelivery> divide(OpenDelivery opened, List<Work> parts, long now) {
        pendingLimit.add(parts.size() - 1L);
        if (opened.isUndecoded()) {
            closeUndecoded(opened);
            decoder.decoded();
        }
        return opened.divide(parts, now);
    }

    /** Settles a delivery or a part of one, which may move the watermark. Does nothing once fenced. */
    void settle(OpenDelivery deliveryOrPart) {
        if (phase == Phase.FENCED) {
            return;
        }
        OpenDelivery settled = deliveryOrPart.settle();
        if (settled == null) {
            pendingLimit.remove(1);
        } else {
            settleRecord(settled);
        }
    }

    private void settleRecord(OpenDelivery settled) {
        long offset = settled.delivery().offset();
        boolean movesWatermark = !rereadOffsets.isEmpty() && rereadOffsets.remove(offset) || open.first() == settled;
        open.remove(settled);
        forget(offset);
        pendingLimit.remove(settled.undividedWeight());
        closeUndecoded(settled);
        if (movesWatermark) {
            listAsChanged();
            watermarkMoved = true;
        }
    }

    private void forget(long offset) {
        if (open.isEmpty()) {
            openOffsets = null;
        } else if (openOffsets != null) {
            openOffsets.remove(offset);
        }
    }

    private void closeUndecoded(OpenDelivery closed) {
        if (closed.isUndecoded()) {
            decoder.closed(closed.undividedWeight());
        }
    }

    private void listAsChanged() {
        if (!listedAsChanged) {
            listedAsChanged = true;
            changed.add(this);
        }
    }

    /**
     * Ends a change: acknowledges up to the watermark if it has moved, and completes a release if no round runs any
     * more.
     */
    void conclude() {
        OpenDelivery oldest = open.first();
        Delivery watermark = oldest == null ? newest : oldest.below();
        if (watermarkMoved && rereadOffsets.isEmpty() && watermark != null) {
            watermark.acknowledge().run();
        }
        listedAsChanged = false;
        watermarkMoved = false;
        completeIfDrained();
    }

    /** Returns the first offset that is not settled, or -1 if nothing has been delivered. */
    long watermark() {
        OpenDelivery first = open.first();
        if (first != null) {
            long oldest = first.delivery().offset();
            return rereadOffsets.isEmpty() ? oldest : Math.min(oldest, rereadOffsets.first());
        }
        return newest == null ? -1 : newest.offset() + 1;
    }

    int open() {
        return open.size();
    }

    /** Returns whether the partition is still assigned, and neither released nor fenced. */
    boolean assigned() {
        return phase == Phase.ASSIGNED;
    }

    void started() {
        running++;
    }

    void finished() {
        running--;
        if (phase == Phase.RELEASING) {
            listAsChanged();
        }
    }

    /** Accepts no further work. The returned future completes when no round runs any more. */
    CompletableFuture<Void> release() {
        if (phase == Phase.ASSIGNED) {
            phase = Phase.RELEASING;
        }
        completeIfDrained();
        return drained;
    }

    /**
     * Ends the assignment: nothing is acknowledged any more. Returns the number of deliveries whose rounds still run.
     */
    int fence() {
        phase = Phase.FENCED;
        while (!open.isEmpty()) {
            OpenDelivery left = open.removeFirst();
            pendingLimit.remove(left.weight());
            closeUndecoded(left);
        }
        openOffsets = null;
        rereadOffsets.clear();
        drained.complete(null);
        return running;
    }

    private void completeIfDrained() {
        if (phase == Phase.RELEASING && running == 0) {
            drained.complete(null);
        }
    }
}
