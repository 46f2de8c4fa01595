package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.Delivery;
import io.triggerquery.consumer.engine.TriggerEngine;
import io.triggerquery.consumer.engine.Work;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Hands every record that the container polls to the engine.
 *
 * <p>Threads: the container's consumer threads. The {@link Acknowledgment} may be used from any thread: the container
 * queues it and commits on its own thread, in its next loop.
 */
final class TriggerMessageListener implements AcknowledgingMessageListener<byte[], byte[]> {

    private final TriggerEngine engine;
    private final DeadLetters deadLetters;

    TriggerMessageListener(TriggerEngine engine, DeadLetters deadLetters) {
        this.engine = engine;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(ConsumerRecord<byte[], byte[]> message, @Nullable Acknowledgment acknowledgment) {
        if (acknowledgment == null) {
            throw new IllegalStateException("the container of " + message.topic() + " must acknowledge by hand");
        }
        engine.accept(new Delivery(
                new TopicPartition(message.topic(), message.partition()),
                message.offset(),
                work(message),
                bytes(message),
                acknowledgment::acknowledge));
    }

    private Work work(ConsumerRecord<byte[], byte[]> message) {
        Decoded decoded = IdDecoder.decode(message.value());
        if (decoded instanceof Decoded.Id valid) {
            Instant producedAt = Instant.ofEpochMilli(message.timestamp());
            return new Work.Refresh(new Trigger(message.topic(), valid.id(), producedAt));
        }
        String reason = ((Decoded.NotAnId) decoded).reason();
        String origin = message.topic() + "-" + message.partition() + "@" + message.offset();
        return new Work.Bury(origin, reason, () -> deadLetters.send(message, reason));
    }

    private static int bytes(ConsumerRecord<byte[], byte[]> message) {
        return Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
    }
}
