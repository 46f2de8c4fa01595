package io.triggerquery.consumer.internal.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets be said once a minute at most what a listener under load could say dozens of times a second.
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
