package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Offsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Remembers which dead letters of a group were replayed or discarded by a selection: in the compacted topic {@code
 * GROUP-triggerquery-letters}, as records that are only added.
 *
 * <p>Threads: any. Failure: throws if the topic exists and cannot be read, because a letter that was discarded must not
 * be sent again. If the group has no right to describe it, the group has written nothing to it.
 */
final class HandledLettersTopic {

    private static final Duration READ_LIMIT = Duration.ofSeconds(20);
    private static final int MAX_REMOVALS = 500;

    private final LetterTopics letterTopics;
    private final ManagedTopic.Handled topic;
    private final Writer writer;

    /** Writes to the topic and creates it; see {@link SynchronousProducer}. */
    interface Writer {

        /** Creates the topic if it is missing. Returns whether it exists. */
        boolean create(ManagedTopic topic) throws InterruptedException;

        /** Sends records, and returns once the broker has acknowledged them. */
        void send(ManagedTopic topic, List<ProducerRecord<byte[], byte[]>> messages) throws InterruptedException;
    }

    /**
     * What the topic says at one time.
     *
     * @param letters the handled letters
     * @param ids the ids of the topics of the existing partitions
     * @param obsolete keys of records that are needed no more
     */
    record Loaded(HandledLetters letters, Map<TopicPartition, Uuid> ids, List<byte[]> obsolete) {}

    HandledLettersTopic(LetterTopics letterTopics, Writer writer) {
        this.letterTopics = letterTopics;
        this.topic = ManagedTopic.Handled.of(letterTopics.group());
        this.writer = writer;
    }

    /**
     * Prepares for {@link #add}.
     *
     * @throws IllegalStateException if the topic does not exist and cannot be created
     */
    void require() throws InterruptedException {
        if (!topic.hasValidName()) {
            throw new IllegalStateException(
                    "letters cannot be selected, because replayed and discarded letters would be recorded in"
                            + " the topic " + topic.name()
                            + ", which is not a valid name. Use only ASCII letters, digits and . _ - in the"
                            + " name of the group");
        }
        if (!writer.create(topic)) {
            throw new IllegalStateException(
                    "the topic " + topic.name() + " does not exist and cannot be created. " + topic.advice());
        }
    }

    private boolean exists() {
        try {
            return topic.hasValidName()
                    && letterTopics.descriptions().apply(List.of(topic.name())).containsKey(topic.name());
        } catch (TopicAuthorizationException none) {
            return false;
        }
    }

    /**
     * Reads the topic.
     *
     * @param consumer a consumer, whose assignment it changes
     * @param ids the ids of the topics of the existing partitions
     */
    Loaded load(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Uuid> ids) {
        var loaded = new Loaded(new HandledLetters(), ids, new ArrayList<>());
        if (ids.isEmpty() || !exists()) {
            return loaded;
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ids.keySet());
        var partition = new TopicPartition(topic.name(), HandledMark.PARTITION);
        TopicScan scan = new TopicScan(consumer, Set.of(partition), letterTopics.nanoTime(), READ_LIMIT)
                .from(Map.of(partition, 0L));
        while (scan.hasNext()) {
            scan.poll().forEach(message -> read(message, loaded, beginnings));
        }
        if (!scan.isAtEnd()) {
            throw new IllegalStateException("the topic " + topic.name() + " was not read to its end within "
                    + READ_LIMIT.toSeconds() + " s; " + scan.left() + " offsets are left. Try again");
        }
        return loaded;
    }

    private void read(ConsumerRecord<byte[], byte[]> message, Loaded loaded, Map<TopicPartition, Long> beginnings) {
        HandledMark mark = message.value() == null ? null : HandledMark.of(message, letterTopics.names());
        if (mark == null) {
            return;
        }
        if (!mark.isObsolete(loaded.ids(), beginnings)) {
            loaded.letters().add(mark.state(), mark.letters());
        } else if (message.key() != null && loaded.obsolete().size() < MAX_REMOVALS) {
            loaded.obsolete().add(message.key());
        }
    }

    /** Adds letters, and removes records that are needed no more. */
    void add(LetterState state, Map<TopicPartition, ? extends Collection<Long>> letters, Loaded loaded)
            throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        letters.forEach((partition, offsets) -> messages.add(new HandledMark(
                        state,
                        loaded.ids().getOrDefault(partition, Uuid.ZERO_UUID),
                        Offsets.of(Map.of(partition, offsets)))
                .message(topic.name())));
        if (!messages.isEmpty()) {
            loaded.obsolete()
                    .forEach(key -> messages.add(new ProducerRecord<>(topic.name(), HandledMark.PARTITION, key, null)));
            loaded.obsolete().clear();
            writer.send(topic, messages);
        }
    }
}
