package io.triggerquery.consumer.engine;

import java.util.LinkedHashSet;
import java.util.Set;
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
 * <p>Threads: guarded by the engine's lock. Bounds: one entry for each open delivery. Failure: throws nothing.
 */
final class OffsetTracker {

    private enum Phase {
        ASSIGNED,
        RELEASING,
        FENCED
    }

    private final TopicPartition partition;
    private final Load load;
    private final Set<OpenDelivery> open = new LinkedHashSet<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private @Nullable Delivery newest;
    private Phase phase = Phase.ASSIGNED;
    private int running;

    OffsetTracker(TopicPartition partition, Load load) {
        this.partition = partition;
        this.load = load;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Opens a delivery, or returns null if its offset was delivered before under this assignment. */
    @Nullable
    OpenDelivery register(Delivery delivery) {
        Delivery previous = newest;
        if (previous != null && delivery.offset() <= previous.offset()) {
            return null;
        }
        newest = delivery;
        var opened = new OpenDelivery(this, delivery, previous);
        open.add(opened);
        load.add(opened.weight());
        return opened;
    }

    /** Settles a delivery and acknowledges up to the watermark if that moves it. Does nothing once fenced. */
    void settle(OpenDelivery settled) {
        if (phase == Phase.FENCED) {
            return;
        }
        boolean oldest = open.iterator().next() == settled;
        open.remove(settled);
        load.remove(settled.weight());
        Delivery watermark = open.isEmpty() ? newest : open.iterator().next().below();
        if (oldest && watermark != null) {
            watermark.acknowledge().run();
        }
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
        open.forEach(left -> load.remove(left.weight()));
        open.clear();
        drained.complete(null);
        return running;
    }

    private void completeIfDrained() {
        if (phase == Phase.RELEASING && running == 0) {
            drained.complete(null);
        }
    }
}
