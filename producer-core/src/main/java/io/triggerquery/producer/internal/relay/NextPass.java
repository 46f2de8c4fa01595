package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Schedules a relay's next pass over its store.
 *
 * <p>Threads: the relay's only. Bounds: one look is scheduled at a time.
 */
final class NextPass {

    private final RelayRuntime runtime;
    private final Runnable look;
    private @Nullable Future<?> next;
    private long nextNanos;

    NextPass(RelayRuntime runtime, Runnable look) {
        this.runtime = runtime;
        this.look = look;
    }

    /** Forgets what a thread that has ended was to do. */
    void start() {
        next = null;
    }

    /** Has the thread look within this time, unless it does so before. */
    void within(Duration pause, ScheduledExecutorService thread) {
        long at = runtime.nanoTime() + Math.max(pause.toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
        if (next != null && at - nextNanos >= 0) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextNanos = at;
        next = thread.schedule(this::lookNow, at - runtime.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void lookNow() {
        next = null;
        look.run();
    }
}
