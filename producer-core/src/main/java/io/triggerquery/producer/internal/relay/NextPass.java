package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Schedules a relay's next pass over its store.
 *
 * <p>Threads: the relay's only; {@link #overdue} and {@link #repeatUntil} any. Bounds: one pass is scheduled at a time.
 */
final class NextPass {

    private static final Duration REPEAT_INTERVAL = Duration.ofMillis(20);

    private final RelayRuntime runtime;
    private final Runnable pass;
    private @Nullable Future<?> next;
    private volatile long nextNanos;

    NextPass(RelayRuntime runtime, Runnable pass) {
        this.runtime = runtime;
        this.pass = pass;
        this.nextNanos = runtime.nanoTime();
    }

    /** Returns for how long the next pass, or the one that runs, has been due; zero if it is not due yet. */
    Duration overdue() {
        return Duration.ofNanos(Math.max(0, runtime.nanoTime() - nextNanos));
    }

    /** Forgets a pass that was scheduled on a thread that has ended. */
    void reset() {
        next = null;
        nextNanos = runtime.nanoTime();
    }

    /** Schedules a pass within this time, unless an earlier one is scheduled. */
    void scheduleWithin(Duration pause, ScheduledExecutorService thread) {
        long at = runtime.nanoTime() + Math.max(pause.toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
        if (next != null && at - nextNanos >= 0) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextNanos = at;
        next = thread.schedule(this::runNow, at - runtime.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void runNow() {
        next = null;
        pass.run();
    }

    /**
     * Runs passes until the condition holds, for at most this time.
     *
     * @param executor runs them on the relay's thread
     * @return whether it holds
     */
    boolean repeatUntil(BooleanSupplier condition, Duration timeout, ScheduledExecutorService executor)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Future<?> passes = executor.scheduleWithFixedDelay(
                () -> {
                    pass.run();
                    if (condition.getAsBoolean()) {
                        ended.countDown();
                    }
                },
                0,
                REPEAT_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return runtime.await(ended, timeout);
        } finally {
            passes.cancel(false);
        }
    }
}
