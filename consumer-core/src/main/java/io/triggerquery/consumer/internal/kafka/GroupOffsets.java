package io.triggerquery.consumer.internal.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed offsets and end offsets of a listener's group from the broker. (A consumer's own lag metrics are
 * not updated while its partitions are paused.)
 *
 * <p>Threads: any. Bounds: an answer takes {@value #TIMEOUT_MILLIS} ms at most. Failure: omits partitions whose offsets
 * are unknown.
 */
public final class GroupOffsets {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final Map<TopicPartition, Position> NONE = Map.of();

    private final Cluster cluster;
    private final String group;
    private final ReadPositions read;

    GroupOffsets(Cluster cluster, String group, ReadPositions read) {
        this.cluster = cluster;
        this.group = group;
        this.read = read;
    }

    /**
     * The offsets of a partition.
     *
     * @param committed the group's committed offset, or null if it has none
     * @param read the offset that is read next, or null if it is unknown
     * @param end the offset of the next record to be written
     */
    public record Position(
            @Nullable Long committed, @Nullable Long read, long end) {

        /**
         * Returns the first offset that is not settled, or null if it is unknown. While no delivery is open this is the
         * offset that is read next: the offsets between the last trigger and the read position are transaction markers
         * or compacted records.
         *
         * @param watermark the first offset of a delivery that is not settled, or null if nothing has been delivered
         * @param open the number of deliveries that are not settled
         */
        public @Nullable Long firstOpen(@Nullable Long watermark, int open) {
            Long settled = watermark == null ? committed : watermark;
            Long from = open == 0 && read != null && (settled == null || read > settled) ? read : settled;
            return from == null && end == 0 ? Long.valueOf(0) : from;
        }

        /** Returns the number of offsets from {@link #firstOpen} to the end, or null if it is unknown. */
        public @Nullable Long lag(@Nullable Long watermark, int open) {
            Long from = firstOpen(watermark, open);
            return from == null ? null : Math.max(0, end - from);
        }
    }

    /** Queries the broker. The future never fails: partitions without an answer are missing. */
    public CompletableFuture<Map<TopicPartition, Position>> positions(Collection<TopicPartition> partitions) {
        try {
            Admin admin = cluster.admin();
            return committed(admin)
                    .thenCombine(ends(admin, partitions), this::positions)
                    .exceptionally(unanswered -> Map.of())
                    .toCompletableFuture();
        } catch (KafkaException unreachable) {
            return CompletableFuture.completedFuture(Map.of());
        }
    }

    /** Queries the broker for all partitions of topics. The future never fails: it is empty if any is unknown. */
    public CompletableFuture<Map<TopicPartition, Position>> ofTopics(Collection<String> topics) {
        try {
            return cluster.admin()
                    .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .allTopicNames()
                    .toCompletionStage()
                    .thenApply(described -> partitions(described.values()))
                    .thenCompose(all -> positions(all).thenApply(known -> known.size() == all.size() ? known : NONE))
                    .exceptionally(unanswered -> Map.of())
                    .toCompletableFuture();
        } catch (KafkaException unreachable) {
            return CompletableFuture.completedFuture(Map.of());
        }
    }

    private static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed(Admin admin) {
        return admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .partitionsToOffsetAndMetadata()
                .toCompletionStage();
    }

    /** Returns the ends of the partitions that have a leader: one without must not hide the others. */
    private static CompletionStage<Map<TopicPartition, Long>> ends(Admin admin, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        ListOffsetsResult result = admin.listOffsets(latest, new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS));
        Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
        CompletableFuture<?>[] answers = latest.keySet().stream()
                .map(partition -> result.partitionResult(partition)
                        .toCompletionStage()
                        .thenAccept(end -> ends.put(partition, end.offset()))
                        .exceptionally(unknown -> null)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers).thenApply(all -> ends);
    }

    private Map<TopicPartition, Position> positions(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Position> positions = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata known = committed.get(partition);
            positions.put(partition, new Position(known == null ? null : known.offset(), read.of(partition), end));
        });
        return positions;
    }
}
