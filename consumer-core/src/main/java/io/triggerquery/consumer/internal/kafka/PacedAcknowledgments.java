package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Passes the latest acknowledgment of each partition to the container at a limited rate. After each the container
 * commits, and does not poll until the broker has answered, so under load there should be few.
 *
 * <p>Threads: any; the container queues acknowledgments and commits on its own thread, in its next loop. Bounds: one
 * for each partition, for {@link #INTERVAL} at most. After a crash the records of pending ones are processed again.
 */
final class PacedAcknowledgments {

    /** The interval between two passes; not longer than a container waits for records before it commits. */
    static final Duration INTERVAL = Duration.ofMillis(50);

    private final Timer timer;
    private final Map<TopicPartition, Pending> pending = new HashMap<>();
    private boolean intervalRunning;

    /**
     * An acknowledgment that has not been passed on.
     *
     * @param consumer the consumer that has read the record
     */
    private record Pending(Object consumer, Acknowledgment last) {

        /**
         * Passes it on with the interrupt flag cleared: the container's queue rejects interrupted threads, and a worker
         * may be one.
         */
        void passOn() {
            boolean interrupted = Thread.interrupted();
            last.acknowledge();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    PacedAcknowledgments(Timer timer) {
        this.timer = timer;
    }

    /** Acknowledges a record that a consumer has read, and all before it, within {@link #INTERVAL}. */
    synchronized void acknowledge(Object consumer, TopicPartition partition, Acknowledgment acknowledgment) {
        pending.put(partition, new Pending(consumer, acknowledgment));
        if (!intervalRunning) {
            passOn();
        }
    }

    /** Passes on the pending acknowledgments of partitions that are being revoked. */
    synchronized void passOn(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Pending last = pending.remove(partition);
            if (last != null) {
                last.passOn();
            }
        }
    }

    /** Drops the pending acknowledgments of a consumer for the partitions that it has lost. */
    synchronized void drop(Object consumer, Collection<TopicPartition> lost) {
        pending.entrySet().removeIf(each -> each.getValue().consumer() == consumer && lost.contains(each.getKey()));
    }

    private void passOn() {
        pending.values().forEach(Pending::passOn);
        pending.clear();
        intervalRunning = true;
        timer.schedule(INTERVAL, this::intervalEnded);
    }

    private synchronized void intervalEnded() {
        intervalRunning = false;
        if (!pending.isEmpty()) {
            passOn();
        }
    }
}
