package io.triggerquery.consumer.internal.reading;

import org.apache.kafka.common.TopicPartition;

/**
 * Triggers that were deleted before this listener read them.
 *
 * @param partition the partition of the triggers
 * @param kind how the triggers were lost
 * @param from the first lost offset
 * @param to the first offset after the lost ones
 */
public record Loss(TopicPartition partition, Kind kind, long from, long to) {

    /** The way in which triggers are lost. */
    public enum Kind {
        /** The log begins after the listener's position: records were deleted, by retention or by an operator. */
        DELETED,
        /** The log ends before the listener's position: it was truncated, or its topic was created again. */
        TRUNCATED,
        /** The group's committed offsets no longer exist, and reading does not begin at the start of the log. */
        OFFSETS_GONE
    }

    /** Returns the number of lost offsets. Some of them may have been transaction markers, not triggers. */
    public long count() {
        return to - from;
    }
}
