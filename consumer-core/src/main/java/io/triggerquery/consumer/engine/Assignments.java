package io.triggerquery.consumer.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this process holds now, each with the tracker of its current assignment.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one tracker for each assigned partition.
 */
final class Assignments {

    private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
    private final Load load;

    Assignments(Load load) {
        this.load = load;
    }

    void assign(TopicPartition partition) {
        OffsetTracker former = trackers.put(partition, new OffsetTracker(partition, load));
        if (former != null) {
            former.fence();
        }
    }

    /** The tracker to register deliveries with, or null if the partition is not (or no longer) ours. */
    @Nullable
    OffsetTracker of(TopicPartition partition) {
        OffsetTracker tracker = trackers.get(partition);
        return tracker == null || !tracker.assigned() ? null : tracker;
    }

    List<OffsetTracker> of(Collection<TopicPartition> partitions) {
        return partitions.stream().map(trackers::get).filter(Objects::nonNull).toList();
    }

    void remove(OffsetTracker tracker) {
        trackers.remove(tracker.partition(), tracker);
    }

    Set<TopicPartition> partitions() {
        return trackers.keySet();
    }
}
