package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.engine.EngineStatus.Partition;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import io.triggerquery.consumer.internal.metrics.ListenerState;
import io.triggerquery.consumer.internal.metrics.WorkLeft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Measures the work and the offsets of a listener in this process. The work is the records of its partitions that have
 * not been read, and the deliveries that are not settled. What is deferred does not count, nor do failing ids that
 * wait: more capacity would not settle them sooner.
 *
 * @param parallelism the number of rounds at the same time
 * @param source tells the state of its source
 */
record ListenerWork(RegisteredListener registered, int parallelism, Supplier<ListenerReport.Source> source)
        implements ListenerState {

    @Override
    public boolean paused() {
        return registered.container().isPauseRequested();
    }

    @Override
    public String circuit() {
        return source.get().circuit();
    }

    @Override
    public boolean works() {
        EngineStatus status = registered.engine().status(0);
        return !status.held() && status.suspended() == null && !paused();
    }

    @Override
    public CompletionStage<WorkLeft.@Nullable Sample> sample() {
        EngineStatus status = registered.engine().status(0);
        List<Partition> partitions = status.partitions().stream()
                .filter(partition -> !partition.partition().topic().equals(registered.retryTopic()))
                .toList();
        return registered
                .offsets()
                .positions(partitions.stream().map(Partition::partition).toList())
                .thenApply(positions -> sample(status, partitions, positions));
    }

    @Override
    public CompletionStage<List<PartitionOffsets>> partitions() {
        List<Partition> partitions = registered.engine().status(0).partitions();
        return registered
                .offsets()
                .positions(partitions.stream().map(Partition::partition).toList())
                .thenApply(positions -> offsets(partitions, positions, registered.retryTopic()));
    }

    /** Returns the offsets of the partitions whose position is known. */
    static List<PartitionOffsets> offsets(
            List<Partition> partitions, Map<TopicPartition, Position> positions, String retryTopic) {
        List<PartitionOffsets> offsets = new ArrayList<>(partitions.size());
        for (Partition each : partitions) {
            Position position = positions.get(each.partition());
            Long delivered = each.watermark() < 0 ? null : each.watermark();
            Long watermark = position == null ? null : position.firstOpen(delivered, each.open());
            if (position != null && watermark != null) {
                boolean isRetry = each.partition().topic().equals(retryTopic);
                offsets.add(new PartitionOffsets(
                        each.partition(), isRetry, watermark, Math.max(0, position.end() - watermark)));
            }
        }
        return offsets;
    }

    /** Returns the sample, or null if the position of a partition is unknown. */
    static WorkLeft.@Nullable Sample sample(
            EngineStatus status, List<Partition> partitions, Map<TopicPartition, Position> positions) {
        long unread = 0;
        Map<TopicPartition, Long> settled = new HashMap<>();
        for (Partition partition : partitions) {
            Position position = positions.get(partition.partition());
            Long read = position == null ? null : position.read();
            if (position == null || read == null) {
                return null;
            }
            unread += Math.max(0, position.end() - read);
            settled.put(partition.partition(), read - partition.open());
        }
        long open = status.partitions().stream().mapToLong(Partition::open).sum();
        return new WorkLeft.Sample(unread + Math.max(0, open - status.waiting()), settled);
    }
}
