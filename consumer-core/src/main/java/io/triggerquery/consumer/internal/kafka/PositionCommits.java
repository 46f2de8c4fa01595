package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits the position of a partition that is idle and has no open delivery. The offset of the last trigger is lower if
 * transaction markers, compacted records, or records that an interceptor has filtered out follow it: the group would
 * seem to lag, and to have lost records once retention has deleted them.
 *
 * <p>Threads: consumer threads, between two polls, when all polled records have been passed on. Failure: a failed
 * commit is ignored, since no trigger depends on it.
 */
final class PositionCommits {

    private final Supplier<List<EngineStatus.Partition>> open;
    private final ReadPositions positions;

    /**
     * Creates the committer.
     *
     * @param open the watermarks and open deliveries of the partitions
     */
    PositionCommits(Supplier<List<EngineStatus.Partition>> open, ReadPositions positions) {
        this.open = open;
        this.positions = positions;
    }

    /** Commits the positions of a consumer's idle partitions. */
    void commitIdle(Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> idle = positions.idle(consumer);
        if (idle.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        for (EngineStatus.Partition partition : open.get()) {
            Long position = idle.get(partition.partition());
            if (position != null && partition.open() == 0) {
                positions.settled(partition.partition(), position);
                if (position > partition.watermark()) {
                    due.put(partition.partition(), new OffsetAndMetadata(position));
                }
            }
        }
        if (!due.isEmpty()) {
            commit(consumer, due);
        }
    }

    private static void commit(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> due) {
        try {
            consumer.commitAsync(due, (offsets, failure) -> {});
        } catch (RuntimeException failure) {
            // the next poll reports the cause
        }
    }
}
