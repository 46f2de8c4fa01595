package io.triggerquery.consumer.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Where a group begins in a partition of which it has committed nothing. The application's {@code auto.offset.reset}
 * holds for all topics of a consumer, but a retry topic must be read from its beginning: what has been parked counts as
 * settled.
 *
 * <p>Where the reading of the trigger topic begins is committed at once: with {@code latest} it would begin later if
 * another consumer took the partition over before the first commit. The container does so by itself, but for all
 * topics.
 *
 * <p>Threads: consumer threads, inside a rebalance. Failure: what the broker does not answer is thrown.
 */
final class FirstRead {

    private final String retryTopic;

    FirstRead(String retryTopic) {
        this.retryTopic = retryTopic;
    }

    void begin(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Map<TopicPartition, OffsetAndMetadata> begins = new HashMap<>();
        Set<TopicPartition> unread = unread(consumer, assigned);
        fromTheBeginning(consumer, unread);
        for (TopicPartition partition : unread) {
            if (!partition.topic().equals(retryTopic)) {
                begin(consumer, partition, begins);
            }
        }
        if (!begins.isEmpty()) {
            try {
                consumer.commitSync(begins);
            } catch (RetriableCommitFailedException | RebalanceInProgressException another) {
                // the next rebalance comes here again
            }
        }
    }

    private static void begin(
            Consumer<?, ?> consumer, TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> begins) {
        try {
            begins.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        } catch (NoOffsetForPartitionException none) {
            // auto.offset.reset is none; the next poll says so, to the container
        }
    }

    private Set<TopicPartition> unread(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Set<TopicPartition> unread = new HashSet<>(assigned);
        try {
            consumer.committed(Set.copyOf(assigned)).forEach((partition, committed) -> {
                if (committed != null) {
                    unread.remove(partition);
                }
            });
        } catch (RuntimeException unanswered) {
            // nobody may come here again for these: what is read twice is harmless, what is skipped is lost
            fromTheBeginning(consumer, unread);
            throw unanswered;
        }
        return unread;
    }

    private void fromTheBeginning(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        List<TopicPartition> parked = partitions.stream()
                .filter(partition -> partition.topic().equals(retryTopic))
                .toList();
        if (!parked.isEmpty()) { // of none, Kafka's consumer takes all
            consumer.seekToBeginning(parked);
        }
    }
}
