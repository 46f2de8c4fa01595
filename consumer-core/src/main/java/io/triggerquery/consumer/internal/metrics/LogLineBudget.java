package io.triggerquery.consumer.internal.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Limits the log lines about single ids to a number per minute, and counts those that are left out.
 *
 * <p>Threads: any.
 */
final class LogLineBudget {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final IntConsumer leftOut;
    private long startedAt;
    private int lines;

    /**
     * Creates a budget.
     *
     * @param leftOut receives, before the first line of a later minute, how many were left out
     */
    LogLineBudget(int perMinute, LongSupplier nanoTime, IntConsumer leftOut) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.leftOut = leftOut;
        this.startedAt = nanoTime.getAsLong();
    }

    /** Whether one more line may be written now. */
    boolean allowsLine() {
        int missing = 0;
        boolean allowed;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (now - startedAt >= MINUTE) {
                missing = Math.max(0, lines - perMinute);
                startedAt = now;
                lines = 0;
            }
            allowed = ++lines <= perMinute;
        }
        if (missing > 0) {
            leftOut.accept(missing);
        }
        return allowed;
    }
}
