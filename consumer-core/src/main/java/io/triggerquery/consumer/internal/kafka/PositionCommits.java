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
 * Commits the position of a partition that is idle and has no open delivery. A trigger's own offset does not reach so
 * far where marks of transactions, records that were compacted away, or such that an interceptor has filtered out
 * follow it: the group would seem to lag behind for ever, and once retention has deleted them, to have lost them.
 *
 * <p>Threads: consumer threads, between two polls, when all that was polled has been handed over. Failure: none; it is a
 * matter of tidiness.
 */
final class PositionCommits {

    private final Supplier<List<EngineStatus.Partition>> open;
    private final ReadPositions positions;

    /**
     * Creates it.
     *
     * @param open what is open, partition by partition
     */
    PositionCommits(Supplier<List<EngineStatus.Partition>> open, ReadPositions positions) {
        this.open = open;
        this.positions = positions;
    }

    /** Looks at a consumer, and commits what is due. */
    void look(Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> idle = positions.look(consumer);
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
            // the poll says what is wrong
        }
    }
}
