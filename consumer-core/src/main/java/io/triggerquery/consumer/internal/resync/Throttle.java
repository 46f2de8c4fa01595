package io.triggerquery.consumer.internal.resync;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
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

    private static final Duration UNBOUNDED = Duration.ofDays(365);

    private final RateLimiter rate;
    private final int maxOpen;
    private final ResyncTarget target;
    private final Sleeper sleeper;

    Throttle(ResyncSettings settings, ResyncTarget target, Sleeper sleeper, LongSupplier nanoTime) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(settings.rate()))
                .timeoutDuration(UNBOUNDED)
                .build();
        this.rate = RateLimiter.of("resync", config, nanoTime::getAsLong);
        this.maxOpen = settings.maxOpen();
        this.target = target;
        this.sleeper = sleeper;
    }

    /** Waits until one more request is permitted. Returns false if the run must end. */
    boolean acquire(BooleanSupplier mayContinue) throws InterruptedException {
        sleeper.pause(Duration.ofNanos(rate.reservePermission()));
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
