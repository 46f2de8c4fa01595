package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.metrics.ListenerState;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.metrics.RecentStaleness;
import io.triggerquery.consumer.internal.metrics.WorkLeft;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How fast the listeners of this instance work, for the other instances of the group. Works without Micrometer.
 *
 * <p>Threads: any. Bounds: asks the broker every 30 s for each listener, or every 5 s while its work left is unknown.
 */
public final class ListenerFigures implements ObserverFactory {

    private static final Duration WORK_LEFT_EVERY = Duration.ofSeconds(30);

    private final Map<String, RecentStaleness> staleness = new ConcurrentHashMap<>();
    private final Map<String, WorkLeft> workLeft = new ConcurrentHashMap<>();

    @Override
    public EngineListener observe(ObservedListener listener) {
        return staleness.computeIfAbsent(listener.id(), id -> new RecentStaleness(InstantSource.system()));
    }

    @Override
    public void registered(ObservedListener listener, ListenerState state) {
        workLeft.put(listener.id(), new WorkLeft(state, System::nanoTime, WORK_LEFT_EVERY));
    }

    /** Returns the numbers of the states that a listener has projected in the last minutes, by their staleness. */
    Map<Long, Long> staleness(String listener) {
        RecentStaleness recent = staleness.get(listener);
        return recent == null ? Map.of() : recent.counts();
    }

    /** Returns for how many seconds the work of a listener lasts, or null if it is unknown. */
    @Nullable
    Double workLeft(String listener) {
        WorkLeft work = workLeft.get(listener);
        double seconds = work == null ? Double.NaN : work.seconds();
        return Double.isNaN(seconds) ? null : (Double) seconds;
    }
}
