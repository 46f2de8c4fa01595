package io.triggerquery.consumer.internal.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed offsets and end offsets of a listener's group from the broker. (A consumer's own metrics of its
 * lag stand still while its partitions are paused, which is when somebody wants to know.)
 *
 * <p>Threads: any. Bounds: an answer takes {@value #PATIENCE_MILLIS} ms at most.
 * Failure: says nothing of what it could not learn.
 */
public final class GroupOffsets {

    private static final int PATIENCE_MILLIS = 2_000;

    private final Cluster cluster;
    private final String group;
    private final ReadPositions read;

    GroupOffsets(Cluster cluster, String group, ReadPositions read) {
        this.cluster = cluster;
        this.group = group;
        this.read = read;
    }

    /**
     * Where a partition stands.
     *
     * @param committed the group's committed offset, or null if it has none
     * @param read the offset that is read next, or null if it is not known
     * @param end the offset that the next record gets
     */
    public record Position(
            @Nullable Long committed, @Nullable Long read, long end) {

        /**
         * How many offsets are not done, or null if that cannot be told. While nothing is open that is all that has not
         * been read: what lies between the last trigger and there are marks of transactions, or was compacted away.
         *
         * @param watermark the first of them, or null if nothing was delivered yet
         * @param open how many deliveries are not settled
         */
        public @Nullable Long lag(@Nullable Long watermark, int open) {
            Long settled = watermark == null ? committed : watermark;
            Long from = open == 0 && read != null && (settled == null || read > settled) ? read : settled;
            if (from == null) {
                return end == 0 ? 0L : null;
            }
            return Math.max(0, end - from);
        }
    }

    /** Asks the broker. Never fails: a partition of which nothing was said is missing. */
    public CompletableFuture<Map<TopicPartition, Position>> ask(Collection<TopicPartition> partitions) {
        try {
            Admin admin = cluster.admin();
            return committed(admin)
                    .thenCombine(ends(admin, partitions), this::positions)
                    .exceptionally(silence -> Map.of())
                    .toCompletableFuture();
        } catch (KafkaException unreachable) {
            return CompletableFuture.completedFuture(Map.of());
        }
    }

    private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed(Admin admin) {
        return admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .partitionsToOffsetAndMetadata()
                .toCompletionStage();
    }

    private static CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> ends(
            Admin admin, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .all()
                .toCompletionStage();
    }

    private Map<TopicPartition, Position> positions(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Map<TopicPartition, Position> positions = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata known = committed.get(partition);
            positions.put(
                    partition, new Position(known == null ? null : known.offset(), read.of(partition), end.offset()));
        });
        return positions;
    }
}
