package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that are assigned to this process, each with the tracker of its current assignment.
 *
 * <p>A container may have several consumers. One that was expelled from the group is notified late, when another may
 * already have its partitions. Each assignment therefore has an owner, and calls of the former owner are ignored.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one tracker for each assigned partition.
 */
final class Assignments {

    /** The partition of requests that came without a message; never assigned, released or committed. */
    private static final TopicPartition REQUESTS = new TopicPartition("requests", 0);

    /** The partition of the requests of callers that wait; as above. */
    private static final TopicPartition AWAITED = new TopicPartition("awaited", 0);

    /** No topic has this name. */
    private static final String NO_TOPIC = "";

    private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
    private final List<OffsetTracker> changed = new ArrayList<>();
    private final PendingLimit pendingLimit;
    private final DecoderHealth decoders;
    private final OffsetTracker requestTracker;
    private final OffsetTracker awaitedTracker;
    private Set<TopicPartition> partitions = Set.of();
    private @Nullable OffsetTracker last; // a poll returns the records of a partition consecutively
    private long nextRequest;

    Assignments(PendingLimit pendingLimit, DecoderHealth decoders) {
        this.pendingLimit = pendingLimit;
        this.decoders = decoders;
        this.requestTracker = new OffsetTracker(REQUESTS, this, pendingLimit, decoders.of(NO_TOPIC), changed);
        PendingLimit ofCallers = new PendingLimit(FreshReads.MAX_IDS); // theirs must not pause the partitions
        this.awaitedTracker = new OffsetTracker(AWAITED, this, ofCallers, decoders.of(NO_TOPIC), changed);
    }

    /** Begins an assignment. Returns the former one for the caller to end, or null if it has ended. */
    @Nullable
    OffsetTracker assign(Object owner, TopicPartition partition) {
        var tracker = new OffsetTracker(partition, owner, pendingLimit, decoders.of(partition.topic()), changed);
        OffsetTracker former = trackers.put(partition, tracker);
        last = null;
        partitions = Set.copyOf(trackers.keySet());
        return former;
    }

    /**
     * Returns the tracker for deliveries of a partition, or null if the partition is not assigned to this consumer.
     */
    @Nullable
    OffsetTracker of(Object owner, TopicPartition partition) {
        OffsetTracker tracker = last != null && last.partition().equals(partition) ? last : trackers.get(partition);
        last = tracker;
        return tracker != null && tracker.isOwnedBy(owner) && tracker.assigned() ? tracker : null;
    }

    boolean holds(TopicPartition partition) {
        OffsetTracker tracker = trackers.get(partition);
        return tracker != null && tracker.assigned();
    }

    /** Returns the trackers of those partitions that are assigned to this consumer. */
    List<OffsetTracker> of(Object owner, Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(trackers::get)
                .filter(Objects::nonNull)
                .filter(tracker -> tracker.isOwnedBy(owner))
                .toList();
    }

    void remove(OffsetTracker tracker) {
        trackers.remove(tracker.partition(), tracker);
        last = null;
        partitions = Set.copyOf(trackers.keySet());
    }

    /** Opens a delivery for work that came without a message. */
    OpenDelivery request(Work work, long now) {
        var delivery = new Delivery(REQUESTS, nextRequest++, work, 0, () -> {});
        return Objects.requireNonNull(requestTracker.register(delivery, now));
    }

    /** Opens a delivery for a caller that waits for an id. */
    OpenDelivery await(Work work, long arrivedAt) {
        var delivery = new Delivery(AWAITED, nextRequest++, work, 0, () -> {});
        return Objects.requireNonNull(awaitedTracker.register(delivery, arrivedAt));
    }

    /** Returns whether a delivery came without a message. */
    static boolean isRequest(Delivery delivery) {
        return delivery.partition() == REQUESTS || delivery.partition() == AWAITED;
    }

    /** Returns whether a delivery is the request of a caller that waits. */
    static boolean isAwaited(OpenDelivery delivery) {
        return delivery.delivery().partition() == AWAITED;
    }

    /** Returns the tracker of the requests of callers that wait. */
    OffsetTracker awaited() {
        return awaitedTracker;
    }

    /** Returns the number of open deliveries that came without a message. */
    int requests() {
        return requestTracker.open();
    }

    /** Acknowledges the deliveries that a change has settled. */
    void conclude() {
        for (int i = 0; i < changed.size(); i++) {
            changed.get(i).conclude();
        }
        changed.clear();
    }

    /** Returns the assigned partitions: the same object until the assignment changes. */
    Set<TopicPartition> partitions() {
        return partitions;
    }

    Collection<OffsetTracker> trackers() {
        return trackers.values();
    }
}
