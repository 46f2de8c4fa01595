package io.triggerquery.console.internal.part;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.metrics.ListenerState;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.metrics.WorkLeft;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures the staleness of the listeners in this instance, and for how long their work lasts. Works without
 * Micrometer.
 *
 * <p>Threads: any.
 */
public final class Measurements implements ObserverFactory {

    private final InstantSource clock;
    private final Map<String, Observer> observers = new ConcurrentHashMap<>();
    private final Map<String, WorkLeft> workLeft = new ConcurrentHashMap<>();

    /** Observes one listener. */
    private static final class Observer implements EngineListener {

        private final RecentStaleness staleness;
        private final AtomicLong deadLettered = new AtomicLong();

        private Observer(InstantSource clock) {
            this.staleness = new RecentStaleness(clock);
        }

        @Override
        public void applied(Work work, int failures) {
            if (work instanceof Work.Refresh refresh) {
                staleness.add(refresh.trigger().producedAt().toEpochMilli());
            }
        }

        @Override
        public void deadLettered(Trigger trigger, Throwable cause) {
            deadLettered.incrementAndGet();
        }

        @Override
        public void deadLettered(Work.DeadLetter message) {
            deadLettered.incrementAndGet();
        }
    }

    /**
     * Creates an instance that knows no listener.
     *
     * @param clock compared with the times in triggers
     */
    public Measurements(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public EngineListener observe(ObservedListener listener) {
        return observers.computeIfAbsent(listener.id(), any -> new Observer(clock));
    }

    @Override
    public void registered(ObservedListener listener, ListenerState state) {
        workLeft.put(listener.id(), new WorkLeft(state, System::nanoTime));
    }

    /** Returns the staleness of what a listener has projected in the last minutes, or null if it is nothing. */
    RecentStaleness.@Nullable Percentiles staleness(String listener) {
        Observer observer = observers.get(listener);
        return observer == null ? null : observer.staleness.percentiles();
    }

    /** Returns the number of triggers that a listener has dead-lettered here since the start. */
    long deadLettered(String listener) {
        Observer observer = observers.get(listener);
        return observer == null ? 0 : observer.deadLettered.get();
    }

    /** Returns for how many seconds the work of a listener lasts, or null if it is unknown. */
    @Nullable
    Double workLeft(String listener) {
        WorkLeft work = workLeft.get(listener);
        double seconds = work == null ? Double.NaN : work.seconds();
        return Double.isNaN(seconds) ? null : (Double) seconds;
    }
}
