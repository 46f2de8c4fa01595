package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Handles the assignment and revocation of partitions.
 *
 * <p>Revoked: drops queued deliveries, waits a bounded time for running rounds, fences, and passes on the pending
 * acknowledgments; the container commits them right after {@link #onPartitionsRevokedBeforeCommit}. Lost: fences at
 * once. The container calls the revocation after the loss too, which then has no effect.
 *
 * <p>A container that stops unsubscribes, so a shutdown is handled as a revocation.
 *
 * <p>Threads: consumer threads, inside a poll. Bounds: blocks the thread for the drain timeout at most.
 */
final class PartitionHandover implements ConsumerAwareRebalanceListener {

    private final TriggerEngine engine;
    private final PacedAcknowledgments acknowledgments;
    private final Duration drainTimeout;
    private final InitialOffsets firstRead;

    PartitionHandover(
            TriggerEngine engine,
            PacedAcknowledgments acknowledgments,
            Duration drainTimeout,
            InitialOffsets firstRead) {
        this.engine = engine;
        this.acknowledgments = acknowledgments;
        this.drainTimeout = drainTimeout;
        this.firstRead = firstRead;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        engine.assigned(consumer, partitions);
        firstRead.begin(consumer, partitions);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            engine.release(consumer, partitions).get(drainTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unfinished) {
            // the engine reports rounds that still run when it is fenced
        }
        engine.fence(consumer, partitions);
        acknowledgments.passOn(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        engine.fence(consumer, partitions);
        acknowledgments.drop(consumer, partitions);
    }
}
