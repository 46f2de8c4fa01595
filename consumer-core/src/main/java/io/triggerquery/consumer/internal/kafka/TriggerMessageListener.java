package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Passes every polled record to the engine. If each has one id and is decoded without code of the application, several
 * are passed at once.
 *
 * <p>Threads: the container's consumer threads.
 */
final class TriggerMessageListener implements AcknowledgingConsumerAwareMessageListener<byte[], byte[]> {

    /**
     * The default of max.poll.records. Records are only passed on, and each poll ends with one commit, so that larger
     * polls need fewer commits.
     */
    private static final int POLL_RECORDS = 2_500;

    /** The default of max.poll.records if a record may have several ids: a poll is accepted as a whole. */
    private static final int POLL_RECORDS_WITH_IDS = 50;

    /** So many records share one change of the engine. */
    private static final int RECORDS_AT_ONCE = 64;

    private final RecordReader reader;
    private final PacedAcknowledgments acknowledgments;
    private final ThreadLocal<PolledDeliveries> polled;
    private final boolean severalIds;
    private @Nullable TopicPartition lastPartition;

    /**
     * Creates the listener.
     *
     * @param severalIds whether a record may have several ids, or its decoding may take long
     */
    TriggerMessageListener(
            TriggerEngine engine,
            RecordReader reader,
            PacedAcknowledgments acknowledgments,
            ReadPositions positions,
            boolean severalIds) {
        this.reader = reader;
        this.acknowledgments = acknowledgments;
        this.severalIds = severalIds;
        int atOnce = severalIds ? 1 : RECORDS_AT_ONCE;
        this.polled = ThreadLocal.withInitial(() -> new PolledDeliveries(engine::accept, positions, atOnce));
    }

    /** Returns the default of max.poll.records. */
    int pollRecords() {
        return severalIds ? POLL_RECORDS_WITH_IDS : POLL_RECORDS;
    }

    @Override
    public void onMessage(
            ConsumerRecord<byte[], byte[]> message,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        if (acknowledgment == null || consumer == null) {
            throw new IllegalStateException("the container of " + message.topic() + " must use manual acknowledgment");
        }
        TopicPartition partition = partition(message);
        var delivery = new Delivery(
                partition,
                message.offset(),
                reader.read(message),
                bytes(message),
                () -> acknowledgments.acknowledge(consumer, partition, acknowledgment));
        polled.get().add(consumer, delivery);
    }

    /** Passes on the rest of a poll. Called on the consumer's thread. */
    void pollEnded(Consumer<?, ?> consumer) {
        polled.get().passOn(consumer);
    }

    /**
     * Ensures that everything polled has been passed on. Called on the consumer's thread, before each poll.
     *
     * @throws IllegalStateException if the engine has failed to accept something, which will be polled again
     */
    void beforePoll(Consumer<?, ?> consumer) {
        polled.get().beforePoll(consumer);
    }

    /** Returns the partition of a record. A poll returns the records of a partition consecutively. */
    private TopicPartition partition(ConsumerRecord<?, ?> message) {
        TopicPartition last = lastPartition; // of any consumer thread; that of the record is what counts
        if (last != null
                && last.partition() == message.partition()
                && last.topic().equals(message.topic())) {
            return last;
        }
        var partition = new TopicPartition(message.topic(), message.partition());
        lastPartition = partition;
        return partition;
    }

    private static int bytes(ConsumerRecord<byte[], byte[]> message) {
        int bytes = Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
        for (Header header : message.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
