package io.triggerquery.consumer.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One assignment of one partition: what was delivered and is not settled, and hence how far it may be committed.
 *
 * <p>The watermark stands just below the oldest open delivery. Only delivered offsets count: on compacted topics and
 * between transaction markers the next offset is not the last one plus one. Each open delivery remembers its
 * predecessor, so settled ones need not be kept: an id that stays open for hours holds the watermark, not memory.
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
    private final Load load;
    private final Map<Long, OpenDelivery> open = new LinkedHashMap<>();
    private final TreeSet<Long> readAgain = new TreeSet<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private @Nullable Delivery newest;
    private Phase phase = Phase.ASSIGNED;
    private int running;

    /**
     * Begins an assignment.
     *
     * @param owner the consumer that the partition was assigned to
     */
    OffsetTracker(TopicPartition partition, Object owner, Load load) {
        this.partition = partition;
        this.owner = owner;
        this.load = load;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Whether what it tracks came without a message. */
    boolean isOfRequests() {
        return owner instanceof Assignments;
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
        if (open.containsKey(delivery.offset())) {
            return null;
        }
        Delivery below = newest;
        if (below != null && delivery.offset() <= below.offset()) {
            below = null;
            readAgain.add(delivery.offset());
        } else {
            newest = delivery;
        }
        var opened = new OpenDelivery(this, delivery, below, now);
        open.put(delivery.offset(), opened);
        load.add(opened.weight());
        return opened;
    }

    /** Settles a delivery and acknowledges up to the watermark if that moves it. Does nothing once fenced. */
    void settle(OpenDelivery settled) {
        if (phase == Phase.FENCED) {
            return;
        }
        long offset = settled.delivery().offset();
        boolean held = readAgain.remove(offset) || open.values().iterator().next() == settled;
        open.remove(offset);
        load.remove(settled.weight());
        Delivery watermark =
                open.isEmpty() ? newest : open.values().iterator().next().below();
        if (held && readAgain.isEmpty() && watermark != null) {
            watermark.acknowledge().run();
        }
    }

    /** The first offset that is not settled, or -1 while nothing was delivered. */
    long watermark() {
        if (!open.isEmpty()) {
            long oldest = open.keySet().iterator().next();
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
        completeIfDrained();
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
        open.values().forEach(left -> load.remove(left.weight()));
        open.clear();
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
