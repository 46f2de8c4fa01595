package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.engine.Delivery;
import io.triggerquery.consumer.engine.TriggerEngine;
import io.triggerquery.consumer.engine.Work;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Hands every record that the container polls to the engine.
 *
 * <p>Threads: the container's consumer threads. The {@link Acknowledgment} may be used from any thread: the container
 * queues it and commits on its own thread, in its next loop.
 */
final class TriggerMessageListener implements AcknowledgingConsumerAwareMessageListener<byte[], byte[]> {

    private final TriggerEngine engine;
    private final TriggerReader reader;
    private final DeadLetters deadLetters;

    TriggerMessageListener(TriggerEngine engine, TriggerReader reader, DeadLetters deadLetters) {
        this.engine = engine;
        this.reader = reader;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(
            ConsumerRecord<byte[], byte[]> message,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        if (acknowledgment == null || consumer == null) {
            throw new IllegalStateException("the container of " + message.topic() + " must acknowledge by hand");
        }
        var delivery = new Delivery(
                new TopicPartition(message.topic(), message.partition()),
                message.offset(),
                work(message),
                bytes(message),
                () -> acknowledge(acknowledgment));
        engine.accept(consumer, delivery);
    }

    /** The container's queue of acknowledgments refuses an interrupted thread; a worker may be one. */
    private static void acknowledge(Acknowledgment acknowledgment) {
        boolean interrupted = Thread.interrupted();
        acknowledgment.acknowledge();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Work work(ConsumerRecord<byte[], byte[]> message) {
        Decoded decoded = IdDecoder.decode(message.value());
        if (decoded instanceof Decoded.Id valid) {
            return reader.read(message, valid.id());
        }
        String reason = ((Decoded.NotAnId) decoded).reason();
        String origin = message.topic() + "-" + message.partition() + "@" + message.offset();
        return new Work.Bury(origin, reason, () -> deadLetters.send(message, reason));
    }

    private static int bytes(ConsumerRecord<byte[], byte[]> message) {
        int bytes = Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
        for (Header header : message.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
