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
 * <p>Level-triggered: the partitions to pause are published under the engine's lock, and each thread that published
 * some calls {@link #settle()} after it, which applies the latest. So of two concurrent threads the last one leaves the
 * intake in the requested state, and no resume is lost.
 *
 * <p>Threads: {@link #request} under the engine's lock, {@link #settle} outside it.
 */
final class PartitionFlowControl {

    private final ReentrantLock lock = new ReentrantLock();
    private final Intake intake;
    private final String retryTopic;
    private final Set<TopicPartition> paused = new HashSet<>();
    private final Set<TopicPartition> reassigned = ConcurrentHashMap.newKeySet();
    private volatile Set<TopicPartition> requested = Set.of();
    private volatile boolean unsettled;
    private Set<TopicPartition> lastAssigned = Set.of();
    private boolean lastPauseAll;
    private boolean lastPauseRetries;
    private Set<String> lastFullTopics = Set.of();

    PartitionFlowControl(Intake intake, String retryTopic) {
        this.intake = intake;
        this.retryTopic = retryTopic;
    }

    /**
     * Publishes which of the assigned partitions are to be paused: all, those of the retry topic, or those of single
     * topics. Called after each change of the engine; it returns at once if nothing has changed.
     *
     * @param assigned the assigned partitions; the same object until the assignment changes
     * @param fullTopics the topics to be paused; the same object until they change
     */
    void request(Set<TopicPartition> assigned, boolean pauseAll, boolean pauseRetries, Set<String> fullTopics) {
        if (assigned == lastAssigned
                && pauseAll == lastPauseAll
                && pauseRetries == lastPauseRetries
                && fullTopics == lastFullTopics) {
            return;
        }
        lastAssigned = assigned;
        lastPauseAll = pauseAll;
        lastPauseRetries = pauseRetries;
        lastFullTopics = fullTopics;
        if (!pauseAll && !pauseRetries && fullTopics.isEmpty()) {
            publish(Set.of());
        } else if (pauseAll) {
            publish(assigned);
        } else {
            publish(assigned.stream()
                    .filter(partition -> fullTopics.contains(partition.topic())
                            || pauseRetries && partition.topic().equals(retryTopic))
                    .collect(Collectors.toSet()));
        }
    }

    private void publish(Set<TopicPartition> partitions) {
        if (!requested.equals(partitions)) {
            requested = Set.copyOf(partitions);
            unsettled = true;
        }
    }

    /** Records that a partition was assigned to another consumer, at which a pause has to be requested again. */
    void forget(TopicPartition partition) {
        reassigned.add(partition);
        unsettled = true;
    }

    /** Pauses and resumes partitions at the intake as requested last. */
    void settle() {
        if (!unsettled) {
            return;
        }
        lock.lock();
        try {
            unsettled = false;
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
        for (TopicPartition partition : reassigned) {
            reassigned.remove(partition);
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
