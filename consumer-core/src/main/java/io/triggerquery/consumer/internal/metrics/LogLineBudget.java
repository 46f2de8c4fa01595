package io.triggerquery.consumer.internal.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Limits the log lines about single ids to a number per minute, and counts the omitted ones.
 *
 * <p>Threads: any.
 */
final class LogLineBudget {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final IntConsumer omitted;
    private long startedAt;
    private int lines;

    /**
     * Creates a budget.
     *
     * @param omitted receives, before the first line of a later minute, the number of omitted lines
     */
    LogLineBudget(int perMinute, LongSupplier nanoTime, IntConsumer omitted) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.omitted = omitted;
        this.startedAt = nanoTime.getAsLong();
    }

    /** Returns whether one more line may be written now, and counts it. */
    boolean allowsLine() {
        int omittedLines = 0;
        boolean allowed;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (now - startedAt >= MINUTE) {
                omittedLines = Math.max(0, lines - perMinute);
                startedAt = now;
                lines = 0;
            }
            allowed = ++lines <= perMinute;
        }
        if (omittedLines > 0) {
            omitted.accept(omittedLines);
        }
        return allowed;
    }
}
