package io.triggerquery.producer.internal.queue;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;

/**
 * Keeps triggers in this process's memory.
 *
 * <p>Threads: any. Bounds: the queue's. Failure: a full or closed queue rejects; part of a rejected list may still be
 * kept.
 */
public final class MemoryBuffer implements TriggerBuffer {

    private final TriggerQueue queue;
    private final Runnable wakeUp;

    /**
     * Creates a buffer on this queue.
     *
     * @param wakeUp called after entries were added; it must not block
     */
    public MemoryBuffer(TriggerQueue queue, Runnable wakeUp) {
        this.queue = queue;
        this.wakeUp = wakeUp;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        return keep(triggers, Duration.ZERO);
    }

    @Override
    public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers, IN_DOUBT_DELAY);
    }

    private Receipt keep(List<OutgoingTrigger> triggers, Duration delay) {
        long kept = triggers.stream()
                .filter(trigger -> queue.add(trigger, delay) > 0)
                .count();
        if (kept > 0) {
            wakeUp.run();
        }
        return kept == triggers.size() ? new Receipt.InMemory() : new Receipt.Rejected(rejection());
    }

    private String rejection() {
        return queue.isClosed()
                ? "the process is stopping"
                : "the queue in memory is full with " + queue.maxEntries()
                        + " triggers: see why Kafka does not take them, or raise"
                        + " triggerquery.producer.memory-queue.max-entries";
    }
}
