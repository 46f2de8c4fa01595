package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Intake;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/**
 * Blocks the delivering thread while its partitions are paused, as a container does.
 *
 * <p>Threads: one delivers, any pauses and resumes.
 */
final class Gate implements Intake {

    private final Thread delivering;
    private volatile boolean paused;

    Gate(Thread delivering) {
        this.delivering = delivering;
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        paused = true;
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        paused = false;
        LockSupport.unpark(delivering);
    }

    void pass() {
        while (paused) {
            LockSupport.park(this);
        }
    }
}
