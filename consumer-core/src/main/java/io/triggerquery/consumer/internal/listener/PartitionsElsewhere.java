package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.FleetReport;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds the lag of the partitions that other instances of the group have, by their last statuses. */
final class PartitionsElsewhere {

    private PartitionsElsewhere() {}

    /** Asks the broker for the positions of partitions. */
    interface Offsets {
        CompletableFuture<Map<TopicPartition, Position>> positions(Collection<TopicPartition> partitions);
    }

    /** Returns them; those without an answer of the broker have no lag. */
    static CompletableFuture<List<ListenerReport.Partition>> of(FleetReport fleet, Offsets offsets) {
        Map<TopicPartition, ControlValue.Partition> partitions = new HashMap<>();
        fleet.instances().stream()
                .filter(instance -> !instance.instance().equals(fleet.from().instance()))
                .flatMap(instance -> instance.status().partitions().stream())
                .forEach(partition -> partitions.put(parse(partition.partition()), partition));
        if (partitions.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return offsets.positions(partitions.keySet())
                .thenApply(positions -> partitions.entrySet().stream()
                        .map(entry -> report(entry.getValue(), positions.get(entry.getKey())))
                        .toList());
    }

    private static ListenerReport.Partition report(ControlValue.Partition partition, @Nullable Position position) {
        Long lag = position == null ? null : position.lag(partition.watermark(), partition.open());
        return new ListenerReport.Partition(partition.partition(), partition.watermark(), partition.open(), lag);
    }

    /** Reads a partition as {@link TopicPartition#toString()} writes it. */
    private static TopicPartition parse(String partition) {
        int dash = partition.lastIndexOf('-');
        return new TopicPartition(partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1)));
    }
}
