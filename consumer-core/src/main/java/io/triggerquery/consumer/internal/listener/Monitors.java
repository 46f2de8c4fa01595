package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.monitor.MonitorTime;
import io.triggerquery.consumer.internal.monitor.MonitoredSides;
import io.triggerquery.consumer.internal.monitor.MonitoredWork;
import io.triggerquery.consumer.internal.monitor.TriggerSampler;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The monitors of all listeners, and their threads.
 *
 * <p>Threads: one for each listener that is monitored, since a check waits for its source and its projection. Bounds: a
 * stop waits for half a second at most; the thread of a call that still hangs is abandoned.
 */
public final class Monitors implements ObserverFactory, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private static final long INTERVAL_MILLIS = 250;
    private static final long STOP_TIMEOUT_MILLIS = 500;

    private final MonitorTime time = new MonitorTime(System::nanoTime, InstantSource.system(), new Random());
    private final Map<String, TriggerSampler> samplers = new ConcurrentHashMap<>();
    private final Map<String, ConsistencyMonitor> monitors = new ConcurrentHashMap<>();
    private @Nullable ScheduledThreadPoolExecutor threads;

    @Override
    public EngineListener observe(ObservedListener listener) {
        return samplers.computeIfAbsent(listener.id(), id -> new TriggerSampler(time.random()));
    }

    /** Adds a monitor for a listener whose engine is observed. */
    ConsistencyMonitor add(String listener, int rate, MonitoredSides sides, MonitoredWork work) {
        TriggerSampler sampler = samplers.computeIfAbsent(listener, id -> new TriggerSampler(time.random()));
        var monitor = new ConsistencyMonitor(rate, sampler, sides, work, time);
        monitors.put(listener, monitor);
        return monitor;
    }

    @Override
    public synchronized void start() {
        if (threads != null || monitors.isEmpty()) {
            return;
        }
        var factory = new CustomizableThreadFactory("triggerquery-monitor-");
        factory.setDaemon(true); // a source that hangs must not keep the process alive
        var started = new ScheduledThreadPoolExecutor(monitors.size(), factory);
        monitors.forEach((listener, monitor) -> started.scheduleWithFixedDelay(
                () -> tick(listener, monitor), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
        threads = started;
    }

    private static void tick(String listener, ConsistencyMonitor monitor) {
        try {
            monitor.tick();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) { // after an Error too: what throws is not run again
            log.error("{}: The consistency monitor has failed. It continues.", listener, failure);
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledThreadPoolExecutor stopping = threads;
        if (stopping == null) {
            return;
        }
        threads = null;
        stopping.shutdownNow();
        try {
            stopping.awaitTermination(STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return threads != null;
    }

    /** Returns a phase in which it starts after the containers and stops before them. */
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE + 1;
    }
}
