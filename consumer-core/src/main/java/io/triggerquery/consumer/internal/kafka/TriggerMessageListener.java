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
 * Passes every polled record to the engine.
 *
 * <p>Threads: the container's consumer threads.
 */
final class TriggerMessageListener implements AcknowledgingConsumerAwareMessageListener<byte[], byte[]> {

    private final TriggerEngine engine;
    private final RecordReader reader;
    private final PacedAcknowledgments acknowledgments;
    private final ReadPositions positions;
    private @Nullable TopicPartition lastPartition;

    TriggerMessageListener(
            TriggerEngine engine, RecordReader reader, PacedAcknowledgments acknowledgments, ReadPositions positions) {
        this.engine = engine;
        this.reader = reader;
        this.acknowledgments = acknowledgments;
        this.positions = positions;
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
        engine.accept(consumer, delivery);
        positions.read(partition, message.offset());
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
