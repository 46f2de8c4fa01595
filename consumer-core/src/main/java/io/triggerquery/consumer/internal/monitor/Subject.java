package io.triggerquery.consumer.internal.monitor;

import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An id that was chosen to be checked, and what was known of it then.
 *
 * @param version the version that the source has had since, according to a trigger or a list
 * @param since when it was triggered or listed, in nanoseconds of the monitor's clock
 * @param trigger where its trigger came from, or null if it was listed
 */
record Subject(
        String id,
        OptionalLong version,
        long since,
        @Nullable Received trigger) {

    /**
     * Where a trigger came from.
     *
     * @param sentAt when it was sent
     */
    record Received(TopicPartition partition, Instant sentAt) {}
}
