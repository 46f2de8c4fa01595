package io.triggerquery.consumer.internal.reading;

import org.apache.kafka.common.TopicPartition;

/**
 * Triggers that were deleted before this listener read them.
 *
 * @param partition where they were
 * @param kind how they got lost
 * @param from the first offset that is gone
 * @param to the first offset after them
 */
public record Loss(TopicPartition partition, Kind kind, long from, long to) {

    /** How triggers get lost. */
    public enum Kind {
        /** The log begins later than the listener had read: retention or somebody has deleted records. */
        DELETED,
        /** The log ends earlier than the listener had read: it was truncated, or its topic was made again. */
        TRUNCATED,
        /** The group's offsets are gone, and reading does not begin at the start of the log. */
        OFFSETS_GONE
    }

    /** How many offsets are gone; some of them may have been no triggers, but marks of transactions. */
    public long count() {
        return to - from;
    }
}
