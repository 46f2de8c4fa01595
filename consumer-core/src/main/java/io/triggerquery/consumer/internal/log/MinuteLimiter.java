package io.triggerquery.consumer.internal.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Permits one log line per minute.
 *
 * <p>Threads: any.
 */
public final class MinuteLimiter {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong lastPermitted;

    /** Creates a limiter that permits the first line at once. */
    public MinuteLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastPermitted = new AtomicLong(nanoTime.getAsLong() - MINUTE);
    }

    /** Returns whether a line may be written now; if so, the next one is permitted a minute later. */
    public boolean isDue() {
        long now = nanoTime.getAsLong();
        long last = lastPermitted.get();
        return now - last >= MINUTE && lastPermitted.compareAndSet(last, now);
    }
}
