package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Determines where a group starts in a partition without a committed offset. The application's {@code
 * auto.offset.reset} holds for all topics of a consumer, but a retry topic must be read from its beginning: what has
 * been deferred counts as settled. So must a partition that was added to a topic which the group reads already: what
 * was sent to it before the consumer knew of it would be skipped by {@code latest}.
 *
 * <p>Where reading begins is committed at once: with {@code latest} it would begin later if another consumer took the
 * partition over before the first commit; and what a group has committed shows which topics it has read. The container
 * does so by itself, but would begin at the latest in the retry topic too.
 *
 * <p>Threads: consumer threads, inside a rebalance. Failure: what the broker does not answer is thrown.
 */
final class InitialOffsets {

    private final String retryTopic;
    private final boolean resetsToEarliest;
    private final ReadPositions positions;
    private final ReadingListener listener;

    InitialOffsets(String retryTopic, boolean resetsToEarliest, ReadPositions positions, ReadingListener listener) {
        this.retryTopic = retryTopic;
        this.resetsToEarliest = resetsToEarliest;
        this.positions = positions;
        this.listener = listener;
    }

    void begin(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Set<TopicPartition> unread = unread(consumer, assigned);
        if (unread.isEmpty()) {
            return;
        }
        List<TopicPartition> deferred = deferred(unread);
        fromTheBeginning(consumer, deferred);
        if (!resetsToEarliest) {
            fromTheBeginning(consumer, added(consumer, unread));
        }
        Map<TopicPartition, Long> begins = begins(consumer, unread);
        if (!begins.isEmpty()) {
            tell(consumer, begins, deferred);
            commit(consumer, begins);
        }
    }

    private static void commit(Consumer<?, ?> consumer, Map<TopicPartition, Long> begins) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        begins.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try {
            consumer.commitSync(offsets);
        } catch (RetriableCommitFailedException | RebalanceInProgressException another) {
            // the next rebalance comes here again
        }
    }

    private static Map<TopicPartition, Long> begins(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                begins.put(partition, consumer.position(partition));
            } catch (NoOffsetForPartitionException none) {
                // auto.offset.reset is none; the next poll says so, to the container
            }
        }
        return begins;
    }

    /** Those of which the group has committed nothing; of the others it is known where they go on. */
    private Set<TopicPartition> unread(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Set<TopicPartition> unread = new HashSet<>(assigned);
        try {
            consumer.committed(Set.copyOf(assigned)).forEach((partition, committed) -> {
                if (committed != null) {
                    unread.remove(partition);
                    positions.begin(partition, committed.offset());
                }
            });
        } catch (RuntimeException unanswered) {
            // nobody may come here again for these: what is read twice is harmless, what is skipped is lost
            fromTheBeginning(consumer, deferred(unread));
            throw unanswered;
        }
        return unread;
    }

    /** The partitions of the trigger topic, if the group has read others of them before, so that these are new. */
    private List<TopicPartition> added(Consumer<?, ?> consumer, Set<TopicPartition> unread) {
        List<TopicPartition> triggers =
                unread.stream().filter(partition -> !isRetry(partition)).toList();
        Set<TopicPartition> siblings = new HashSet<>();
        triggers.stream()
                .map(TopicPartition::topic)
                .distinct()
                .forEach(topic -> consumer.partitionsFor(topic)
                        .forEach(info -> siblings.add(new TopicPartition(topic, info.partition()))));
        boolean read = !siblings.isEmpty()
                && consumer.committed(siblings).values().stream().anyMatch(Objects::nonNull);
        return read ? triggers : List.of();
    }

    private void tell(Consumer<?, ?> consumer, Map<TopicPartition, Long> begins, List<TopicPartition> deferred) {
        // what this group has deferred it had read before
        boolean hasDeferred = consumer.endOffsets(deferred).values().stream().anyMatch(end -> end > 0);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(begins.keySet());
        begins.forEach((partition, offset) -> {
            long start = starts.getOrDefault(partition, offset);
            boolean readBefore = positions.begin(partition, offset);
            boolean expired = hasDeferred && offset > start && !isRetry(partition);
            if (readBefore || expired) {
                listener.lost(new Loss(partition, Loss.Kind.OFFSETS_GONE, start, offset));
            } else if (!isRetry(partition)) {
                listener.begun(partition, offset, offset - start);
            }
        });
    }

    private boolean isRetry(TopicPartition partition) {
        return partition.topic().equals(retryTopic);
    }

    private List<TopicPartition> deferred(Set<TopicPartition> partitions) {
        return partitions.stream().filter(this::isRetry).toList();
    }

    private static void fromTheBeginning(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
        if (!partitions.isEmpty()) { // of none, Kafka's consumer takes all
            consumer.seekToBeginning(partitions);
        }
    }
}
