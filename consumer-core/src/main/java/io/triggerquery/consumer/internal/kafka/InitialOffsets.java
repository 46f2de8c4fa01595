package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Determines where a group starts in a partition without a committed offset. The application's
 * {@code auto.offset.reset} applies to all topics of a consumer, but a retry topic must be read from its beginning,
 * since deferred triggers count as settled. So must a topic that did not exist when the listener started, and a
 * partition that was added to a topic which the group already reads: {@code latest} would skip records that were sent
 * before the consumer found the topic or the partition.
 *
 * <p>The start offset is committed at once: with {@code latest}, another consumer that takes the partition over before
 * the first commit would start later; and the committed offsets show which topics a group has read. The container could
 * do so itself, but would start at the latest offset of the retry topic too.
 *
 * <p>Threads: consumer threads, inside a rebalance. Failure: throws if the broker does not answer. A partition
 * without a leader is left out: no record can be sent to it meanwhile.
 */
final class InitialOffsets {

    /** How long all partitions without a leader together may keep the others from being read. */
    private static final Duration LEADERS_WITHIN = Duration.ofSeconds(5);

    private final String retryTopic;
    private final boolean resetsToEarliest;
    private final ReadPositions positions;
    private final ReadingListener listener;
    private final Set<String> awaited;

    /**
     * Creates the start offsets of a listener.
     *
     * @param awaited the trigger topics that did not exist when the listener started; others may be added
     */
    InitialOffsets(
            String retryTopic,
            boolean resetsToEarliest,
            ReadPositions positions,
            ReadingListener listener,
            Set<String> awaited) {
        this.awaited = awaited;
        this.retryTopic = retryTopic;
        this.resetsToEarliest = resetsToEarliest;
        this.positions = positions;
        this.listener = listener;
    }

    /** Sets and commits the start offsets of newly assigned partitions. */
    void begin(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Set<TopicPartition> unread = unread(consumer, assigned);
        if (unread.isEmpty()) {
            return;
        }
        seekToBeginning(consumer, neverSkipped(unread));
        if (!resetsToEarliest) {
            seekToBeginning(consumer, added(consumer, unread));
        }
        Map<TopicPartition, Long> startOffsets = startOffsets(consumer, unread);
        if (!startOffsets.isEmpty()) {
            report(consumer, startOffsets);
            commit(consumer, startOffsets);
        }
    }

    private static void commit(Consumer<?, ?> consumer, Map<TopicPartition, Long> startOffsets) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        startOffsets.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try {
            consumer.commitSync(offsets);
        } catch (RetriableCommitFailedException | RebalanceInProgressException another) {
            // the next rebalance calls this again
        }
    }

    /**
     * Returns the start offsets of the partitions that have a leader. Kafka's consumer finds those of the others by
     * itself, once they have one.
     */
    private static Map<TopicPartition, Long> startOffsets(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> startOffsets = new HashMap<>();
        TimeoutException unanswered = null;
        long deadline = System.nanoTime() + LEADERS_WITHIN.toNanos();
        for (TopicPartition partition : partitions) {
            try {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                startOffsets.put(partition, consumer.position(partition, left));
            } catch (NoOffsetForPartitionException none) {
                // auto.offset.reset is none; the next poll throws this to the container
            } catch (TimeoutException withoutLeader) {
                unanswered = withoutLeader;
            }
        }
        if (unanswered != null && startOffsets.isEmpty()) {
            throw unanswered;
        }
        return startOffsets;
    }

    /** Returns the partitions without a committed offset, and records the offsets of the others. */
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
            // this may not be called again for these: reading twice is harmless, skipping would lose triggers
            seekToBeginning(consumer, neverSkipped(unread));
            throw unanswered;
        }
        return unread;
    }

    /**
     * Returns the unread partitions of those trigger topics of which the group has read others, so that these were
     * added. A topic of which it has read none is new to the group.
     */
    private List<TopicPartition> added(Consumer<?, ?> consumer, Set<TopicPartition> unread) {
        Map<String, List<TopicPartition>> byTopic = unread.stream()
                .filter(partition -> !isRetry(partition))
                .collect(Collectors.groupingBy(TopicPartition::topic));
        Set<TopicPartition> siblings = new HashSet<>();
        byTopic.keySet()
                .forEach(topic -> consumer.partitionsFor(topic)
                        .forEach(info -> siblings.add(new TopicPartition(topic, info.partition()))));
        Set<String> read = new HashSet<>();
        if (!siblings.isEmpty()) {
            consumer.committed(siblings).forEach((partition, committed) -> {
                if (committed != null) {
                    read.add(partition.topic());
                }
            });
        }
        byTopic.keySet().retainAll(read);
        return byTopic.values().stream().flatMap(List::stream).toList();
    }

    private void report(Consumer<?, ?> consumer, Map<TopicPartition, Long> startOffsets) {
        List<TopicPartition> deferred =
                startOffsets.keySet().stream().filter(this::isRetry).toList();
        // a group with deferred triggers has read the trigger topic before
        boolean hasDeferred = consumer.endOffsets(deferred).values().stream().anyMatch(end -> end > 0);
        Map<TopicPartition, Long> logStarts = consumer.beginningOffsets(startOffsets.keySet());
        startOffsets.forEach((partition, offset) -> {
            long start = logStarts.getOrDefault(partition, offset);
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

    /** Returns the partitions that are read from their beginning, whatever the application has set. */
    private List<TopicPartition> neverSkipped(Set<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> isRetry(partition) || awaited.contains(partition.topic()))
                .toList();
    }

    private static void seekToBeginning(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
        if (!partitions.isEmpty()) { // Kafka's consumer takes an empty list for all partitions
            consumer.seekToBeginning(partitions);
        }
    }
}
