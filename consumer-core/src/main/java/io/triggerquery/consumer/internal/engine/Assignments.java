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
 * <p>A container may have several consumers. One that was expelled from the group learns it late, when another of them
 * may already have its partitions: so each assignment has an owner, and what the former owner still says is ignored.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one tracker for each assigned partition.
 */
final class Assignments {

    /** Where what came without a message is counted; never assigned, released or committed. */
    private static final TopicPartition REQUESTS = new TopicPartition("requests", 0);

    private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
    private final List<OffsetTracker> changed = new ArrayList<>();
    private final PendingLimit pendingLimit;
    private final OffsetTracker requested;
    private Set<TopicPartition> partitions = Set.of();
    private @Nullable OffsetTracker last; // a poll brings the records of a partition one after the other
    private long requests;

    Assignments(PendingLimit pendingLimit) {
        this.pendingLimit = pendingLimit;
        this.requested = new OffsetTracker(REQUESTS, this, pendingLimit, changed);
    }

    /** Begins an assignment. Returns the former one, if it has not been ended, for the caller to end. */
    @Nullable
    OffsetTracker assign(Object owner, TopicPartition partition) {
        OffsetTracker former = trackers.put(partition, new OffsetTracker(partition, owner, pendingLimit, changed));
        last = null;
        partitions = Set.copyOf(trackers.keySet());
        return former;
    }

    /** The tracker to register deliveries with, or null if the partition is not (or no longer) this consumer's. */
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

    /** Those of the partitions that are this consumer's. */
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

    /** Opens what came without a message. */
    OpenDelivery request(Work work, long now) {
        var delivery = new Delivery(REQUESTS, requests++, work, 0, () -> {});
        return Objects.requireNonNull(requested.register(delivery, now));
    }

    /** How much of it is not done. */
    int requests() {
        return requested.open();
    }

    /** Acknowledges what a change has settled. */
    void conclude() {
        for (int i = 0; i < changed.size(); i++) {
            changed.get(i).conclude();
        }
        changed.clear();
    }

    /** The partitions: the same object until others are assigned. */
    Set<TopicPartition> partitions() {
        return partitions;
    }

    Collection<OffsetTracker> trackers() {
        return trackers.values();
    }
}
