package io.triggerquery.console.internal.live;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The streams of an application, with their threads. They end before the web server stops, which otherwise waits for
 * them.
 *
 * <p>Threads: those of the pools exist only while a console is open, and for a minute after.
 */
public final class StreamThreads implements SmartLifecycle, EventStreams.Clocks, AutoCloseable {

    private static final long KEEP_SECONDS = 60;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("console-"));
    private final ThreadPoolExecutor writers = new ThreadPoolExecutor(
            0,
            EventStreams.MAX_STREAMS * 2,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("console-stream-"));
    private final EventStreams streams;
    private volatile boolean running;

    /** Creates the streams that send these overviews. */
    public StreamThreads(Overviews overviews) {
        timer.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        this.streams = new EventStreams(overviews::line, this, (Executor) writers);
    }

    private static ThreadFactory threads(String name) {
        var threads = new CustomizableThreadFactory("triggerquery-" + name);
        threads.setDaemon(true);
        return threads;
    }

    /** Returns the streams. */
    public EventStreams streams() {
        return streams;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public ScheduledFuture<?> every(Duration pause, Runnable action) {
        return timer.scheduleWithFixedDelay(action, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void start() {
        streams.open();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        streams.close();
    }

    @Override
    public void close() {
        streams.close();
        timer.shutdownNow();
        writers.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
