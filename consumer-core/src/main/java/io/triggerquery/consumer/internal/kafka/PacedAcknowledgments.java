package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Passes acknowledgments to the container at a limited rate, the latest of each partition. After each the container
 * commits, and polls nothing until the broker has answered, so under load they had better be few.
 *
 * <p>Threads: any; the container queues what is acknowledged and commits on its own thread, in its next loop. Bounds: one
 * for each partition, for {@link #REST} at most. After a crash what was held is done again.
 */
final class PacedAcknowledgments {

    /** Not longer than a container waits for records before it commits. */
    static final Duration REST = Duration.ofMillis(50);

    private final Timer timer;
    private final Map<TopicPartition, Held> held = new HashMap<>();
    private boolean resting;

    /**
     * What is not passed on yet.
     *
     * @param consumer the one that has read it
     */
    private record Held(Object consumer, Acknowledgment last) {

        /** The container's queue of acknowledgments refuses an interrupted thread; a worker may be one. */
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

    /** Acknowledges a record that a consumer has read, and all before it, now or soon. */
    synchronized void acknowledge(Object consumer, TopicPartition partition, Acknowledgment acknowledgment) {
        held.put(partition, new Held(consumer, acknowledgment));
        if (!resting) {
            passOn();
        }
    }

    /** Acknowledges now what is held of partitions, since they are about to be taken away. */
    synchronized void passOn(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Held last = held.remove(partition);
            if (last != null) {
                last.passOn();
            }
        }
    }

    /** Forgets what is held of partitions that a consumer has lost, unless it is another's that has them now. */
    synchronized void drop(Object consumer, Collection<TopicPartition> lost) {
        held.entrySet().removeIf(each -> each.getValue().consumer() == consumer && lost.contains(each.getKey()));
    }

    private void passOn() {
        held.values().forEach(Held::passOn);
        held.clear();
        resting = true;
        timer.schedule(REST, this::rested);
    }

    private synchronized void rested() {
        resting = false;
        if (!held.isEmpty()) {
            passOn();
        }
    }
}
