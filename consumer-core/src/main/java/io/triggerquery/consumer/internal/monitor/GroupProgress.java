package io.triggerquery.consumer.internal.monitor;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a group has come.
 *
 * @param settled the first offset that is not settled, by the partitions of the trigger topics, where it is known
 * @param ends the end of each of these partitions
 * @param nothingDeferred whether no trigger is in the retry topic that is not settled
 */
public record GroupProgress(
        Map<TopicPartition, Long> settled, Map<TopicPartition, Long> ends, boolean nothingDeferred) {

    /**
     * Returns whether all triggers are settled that the topics had at an earlier time, and none of them is deferred. A
     * trigger of an id that is applied by then was not among them, if the id lacks what the source had before.
     */
    boolean provesAllSettled(@Nullable GroupProgress earlier) {
        return earlier != null
                && !earlier.ends.isEmpty()
                && nothingDeferred
                && earlier.ends.entrySet().stream().allMatch(end -> isSettled(end.getKey(), end.getValue()));
    }

    private boolean isSettled(TopicPartition partition, long end) {
        Long reached = settled.get(partition);
        return end == 0 || (reached != null && reached >= end);
    }
}
