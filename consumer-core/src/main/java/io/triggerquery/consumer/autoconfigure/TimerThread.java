package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The single thread that runs the delayed actions of all listeners. */
final class TimerThread implements Timer, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    TimerThread() {
        var threads = new CustomizableThreadFactory("triggerquery-timer-");
        threads.setDaemon(true);
        executor = new ScheduledThreadPoolExecutor(1, threads);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // after closing, actions are discarded
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Cancellation schedule(Duration delay, Runnable action) {
        Future<?> scheduled = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
