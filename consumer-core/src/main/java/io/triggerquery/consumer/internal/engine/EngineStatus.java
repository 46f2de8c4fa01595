package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an engine's state.
 *
 * @param partitions the assigned partitions
 * @param pending the weight of the open deliveries, in the unit of {@link EngineSettings.Limits#maxPending()}
 * @param ready the number of ids that wait for a worker
 * @param running the number of rounds that run
 * @param waiting the number of failing ids in memory
 * @param held whether queries are stopped because the source is unavailable or busy, or the listener is suspended
 * @param full whether reading is paused because too much is pending
 * @param nearCapacity whether most of the capacity for failing ids is used
 * @param suspended the current suspension, or null
 * @param stuck the ids that have been stuck longest, in descending order
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
     * @param watermark the first offset that is not settled, or -1 if nothing has been delivered
     * @param open the number of deliveries that are not settled
     */
    public record Partition(TopicPartition partition, long watermark, int open) {}

    /**
     * A suspension: every id fails, so only probes are sent.
     *
     * @param lasts how long it has lasted
     * @param cause the last failure before it
     */
    public record Suspended(Duration lasts, Throwable cause) {}

    /**
     * An id that fails, waits for a newer answer or for the grace period of an absence, or whose round takes long.
     *
     * @param failures the number of consecutive failed rounds
     * @param stuckFor how long this has lasted
     * @param lastCause the last failure as one line, or null if there is none
     */
    public record Stuck(
            String id,
            IdState state,
            int failures,
            Duration stuckFor,
            @Nullable String lastCause) {}
}
