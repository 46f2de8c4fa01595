package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Offsets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The content of a record that says which letters of one partition were handled: {@code discarded TOPIC-ID
 * things-dlt-0@5,7-9}. Its key is unique, so marks that are written at the same time never replace each other.
 *
 * @param state what was done
 * @param topicId the id of the dead-letter topic
 * @param letters the letters
 */
record HandledMark(LetterState state, Uuid topicId, Offsets letters) {

    /** More than a poll returns, so that no foreign record can use up the memory. */
    private static final int MAX_LETTERS = 100_000;

    /** The partition in which the marks are, also if the topic was created with several. */
    static final int PARTITION = 0;

    ProducerRecord<byte[], byte[]> message(String topic) {
        TopicPartition partition = partition();
        long first = letters.first().getOrDefault(partition, 0L);
        return new ProducerRecord<>(
                topic,
                PARTITION,
                utf8(partition + "@" + first + " " + UUID.randomUUID()),
                utf8(state.label() + " " + topicId + " " + letters));
    }

    /**
     * Reads a mark. Returns null if the record is none, is of a newer version, or is about another topic.
     *
     * @param topics the dead-letter topics of the listener
     */
    static @Nullable HandledMark of(ConsumerRecord<byte[], byte[]> message, List<String> topics) {
        String[] parts = new String(message.value(), StandardCharsets.UTF_8).split(" ", -1);
        try {
            LetterState state = Arrays.stream(LetterState.values())
                    .filter(each -> each.isMarked() && each.label().equals(parts[0]))
                    .findFirst()
                    .orElse(null);
            if (state == null || parts.length != 3) {
                return null;
            }
            var mark = new HandledMark(state, Uuid.fromString(parts[1]), Offsets.parse(parts[2], topics));
            return mark.letters.ranges().size() == 1 && mark.letters.count() <= MAX_LETTERS ? mark : null;
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    TopicPartition partition() {
        return letters.ranges().keySet().iterator().next();
    }

    /**
     * Returns whether it concerns letters that exist no more: their topic was created again, or they were deleted. It
     * is not obsolete if the broker does not know the topic, since that can be temporary.
     *
     * @param ids the ids of the topics of the existing partitions
     * @param beginnings the first offsets of the existing partitions
     */
    boolean isObsolete(Map<TopicPartition, Uuid> ids, Map<TopicPartition, Long> beginnings) {
        Uuid existing = ids.get(partition());
        return existing != null
                && (!existing.equals(topicId)
                        || letters.last().getOrDefault(partition(), 0L) < beginnings.getOrDefault(partition(), 0L));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
