package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of the triggers that are received while it is open, each with the same probability.
 *
 * <p>Threads: those of the engine offer triggers, which costs one read of a variable while it is closed; the monitor's
 * thread opens it and takes the choice. Bounds: one trigger.
 */
public final class TriggerSampler implements EngineListener {

    private final RandomGenerator random;
    private final ConcurrentLinkedQueue<TopicPartition> moved = new ConcurrentLinkedQueue<>();
    private volatile boolean open;
    private int offered;
    private @Nullable Choice choice;

    /** A trigger, and the partition from which it came. */
    record Choice(TopicPartition partition, Trigger trigger) {}

    public TriggerSampler(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void received(TopicPartition partition, Work work) {
        // what comes from the retry topic was received before
        if (open && work instanceof Work.Refresh refresh && refresh.history() == RetryHistory.NONE) {
            synchronized (this) {
                offered++;
                if (random.nextInt(offered) == 0) {
                    choice = new Choice(partition, refresh.trigger());
                }
            }
        }
    }

    @Override
    public void fenced(TopicPartition partition, int running) {
        moved.add(partition);
        forget(partition);
    }

    private synchronized void forget(TopicPartition partition) {
        if (choice != null && choice.partition().equals(partition)) {
            choice = null;
        }
    }

    /** Opens it. */
    void open() {
        open = true;
    }

    /** Closes it. Returns the choice, or null if nothing was offered. */
    synchronized @Nullable Choice take() {
        open = false;
        Choice taken = choice;
        choice = null;
        offered = 0;
        return taken;
    }

    /** Returns the partitions that were fenced since the last call. */
    List<TopicPartition> moved() {
        List<TopicPartition> since = new ArrayList<>();
        for (TopicPartition one = moved.poll(); one != null; one = moved.poll()) {
            since.add(one);
        }
        return since;
    }
}
