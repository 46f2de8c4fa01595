package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an engine's state.
 *
 * @param partitions those that are assigned
 * @param pending what the open deliveries weigh, in the unit of {@link EngineSettings.Limits#maxPending()}
 * @param ready ids that a worker could take
 * @param running rounds at work
 * @param waiting failing ids that are kept in memory
 * @param held whether nothing is asked because the source is away or busy, or the listener is suspended
 * @param full whether reading is paused because too much is pending
 * @param nearCapacity whether most of the capacity for failing ids is used
 * @param suspended the suspension that lasts, or null
 * @param stuck the ids that have been failing for longest, that one first
 */
public record EngineStatus(
        List<Partition> partitions,
        long pending,
        int ready,
        int running,
        int waiting,
        boolean held,
        boolean full,
        boolean nearCapacity,
        @Nullable Suspended suspended,
        List<Stuck> stuck) {

    /**
     * A partition.
     *
     * @param watermark the first offset that is not settled, or -1 while nothing was delivered
     * @param open how many deliveries are not settled
     */
    public record Partition(TopicPartition partition, long watermark, int open) {}

    /**
     * A suspension: every id fails, so nothing but a probe is asked.
     *
     * @param lasts for how long
     * @param cause why the last id failed before it
     */
    public record Suspended(Duration lasts, Throwable cause) {}

    /**
     * An id that fails.
     *
     * @param failures how many rounds in a row have failed
     * @param failingFor for how long
     * @param lastCause why the last one failed
     */
    public record Stuck(
            String id,
            int failures,
            Duration failingFor,
            @Nullable Throwable lastCause) {}
}
