package io.triggerquery.consumer.internal.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Pauses and resumes partitions at the {@link Intake}, outside of the engine's lock.
 *
 * <p>Level-triggered: the wish is published under the engine's lock, and each thread that published one calls {@link
 * #settle()} after it, which acts on the newest. So of two racing threads the last to arrive always leaves the intake
 * as it should be, and no resume is lost.
 *
 * <p>Threads: {@link #request} under the engine's lock, {@link #settle} outside it.
 */
final class PartitionFlowControl {

    private final ReentrantLock lock = new ReentrantLock();
    private final Intake intake;
    private final String retryTopic;
    private final Set<TopicPartition> paused = new HashSet<>();
    private final Set<TopicPartition> moved = ConcurrentHashMap.newKeySet();
    private volatile Set<TopicPartition> requested = Set.of();
    private volatile boolean differs;
    private Set<TopicPartition> lastAssigned = Set.of();
    private boolean lastAll;
    private boolean lastRetries;

    PartitionFlowControl(Intake intake, String retryTopic) {
        this.intake = intake;
        this.retryTopic = retryTopic;
    }

    /**
     * Publishes which of the assigned partitions are to be paused: all, those of the retry topic, or none. Called after
     * each change of the engine, of which few change the wish: then it costs no look at the partitions.
     *
     * @param assigned the same object for as long as it has the same partitions
     */
    void request(Set<TopicPartition> assigned, boolean pauseAll, boolean pauseRetries) {
        if (assigned == lastAssigned && pauseAll == lastAll && pauseRetries == lastRetries) {
            return;
        }
        lastAssigned = assigned;
        lastAll = pauseAll;
        lastRetries = pauseRetries;
        if (!pauseAll && !pauseRetries) {
            publish(Set.of());
        } else if (pauseAll) {
            publish(assigned);
        } else {
            publish(assigned.stream()
                    .filter(partition -> partition.topic().equals(retryTopic))
                    .collect(Collectors.toSet()));
        }
    }

    private void publish(Set<TopicPartition> partitions) {
        if (!requested.equals(partitions)) {
            requested = Set.copyOf(partitions);
            differs = true;
        }
    }

    /** A partition has come to another consumer: a pause was asked of the former one, and has to be asked anew. */
    void forget(TopicPartition partition) {
        moved.add(partition);
        differs = true;
    }

    void settle() {
        if (!differs) {
            return;
        }
        lock.lock();
        try {
            differs = false;
            Set<TopicPartition> target = requested;
            endPausesOfFormerConsumers();
            Set<TopicPartition> toPause = new HashSet<>(target);
            toPause.removeAll(paused);
            Set<TopicPartition> toResume = new HashSet<>(paused);
            toResume.removeAll(target);
            apply(toPause, toResume);
        } finally {
            lock.unlock();
        }
    }

    private void endPausesOfFormerConsumers() {
        for (TopicPartition partition : moved) {
            moved.remove(partition);
            if (paused.remove(partition)) {
                intake.resume(Set.of(partition));
            }
        }
    }

    private void apply(Set<TopicPartition> toPause, Set<TopicPartition> toResume) {
        if (!toPause.isEmpty()) {
            intake.pause(toPause);
            paused.addAll(toPause);
        }
        if (!toResume.isEmpty()) {
            intake.resume(toResume);
            paused.removeAll(toResume);
        }
    }
}
