package io.triggerquery.consumer.internal.resync;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Limits the requests of a resync by rate and by number.
 *
 * <p>Threads: the one that runs the resync, which waits here.
 */
final class Throttle {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);

    /** How long a page is waited for, so that ids that still fail do not delay the next pages. */
    private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private long nextNanos;
    private final int maxOpen;
    private final ResyncTarget target;
    private final Sleeper sleeper;

    Throttle(ResyncSettings settings, ResyncTarget target, Sleeper sleeper, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.intervalNanos = Duration.ofSeconds(1).dividedBy(settings.rate()).toNanos();
        this.nextNanos = nanoTime.getAsLong();
        this.maxOpen = settings.maxOpen();
        this.target = target;
        this.sleeper = sleeper;
    }

    /** Waits until one more request is permitted. Returns false if the run must end. */
    boolean acquire(BooleanSupplier mayContinue) throws InterruptedException {
        long wait = Math.max(0, nextNanos - nanoTime.getAsLong());
        nextNanos = nanoTime.getAsLong() + wait + intervalNanos;
        sleeper.pause(Duration.ofNanos(wait));
        while (mayContinue.getAsBoolean() && target.open() >= maxOpen) {
            sleeper.pause(CHECK_INTERVAL);
        }
        return mayContinue.getAsBoolean();
    }

    /**
     * Waits until a page's requests are done, for a bounded time.
     *
     * @param openBefore the number of open requests before the page
     * @param mayContinue false if the run must end
     * @return whether no request is open, including those of earlier pages
     */
    boolean awaitDone(int openBefore, BooleanSupplier mayContinue) throws InterruptedException {
        long checksLeft = PAGE_TIMEOUT.dividedBy(CHECK_INTERVAL);
        while (checksLeft > 0 && mayContinue.getAsBoolean() && target.open() > openBefore) {
            sleeper.pause(CHECK_INTERVAL);
            checksLeft--;
        }
        return target.open() == 0;
    }
}
