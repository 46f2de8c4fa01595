package io.triggerquery.consumer.internal.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Permits one log line per minute.
 *
 * <p>Threads: any.
 */
final class MinuteLimiter {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong saidAt;

    MinuteLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.saidAt = new AtomicLong(nanoTime.getAsLong() - MINUTE);
    }

    /** Whether it is to be said now; then not again within a minute. */
    boolean isDue() {
        long now = nanoTime.getAsLong();
        long last = saidAt.get();
        return now - last >= MINUTE && saidAt.compareAndSet(last, now);
    }
}
