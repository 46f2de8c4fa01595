package io.triggerquery.console.internal.part;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the listeners in this instance have dead-lettered since the start. Works without Micrometer.
 *
 * <p>Threads: any.
 */
public final class DeadLettered implements ObserverFactory {

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    /** Observes one listener. */
    private record Counter(AtomicLong count) implements EngineListener {

        @Override
        public void deadLettered(Trigger trigger, Throwable cause) {
            count.incrementAndGet();
        }

        @Override
        public void deadLettered(Work.DeadLetter message) {
            count.incrementAndGet();
        }
    }

    @Override
    public EngineListener observe(ObservedListener listener) {
        return counters.computeIfAbsent(listener.id(), any -> new Counter(new AtomicLong()));
    }

    /** Returns the number of a listener. */
    long of(String listener) {
        Counter counter = counters.get(listener);
        return counter == null ? 0 : counter.count().get();
    }
}
