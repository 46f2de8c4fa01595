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

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** How long a page is waited for: what then still fails is not to hold up the pages after it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration UNBOUNDED = Duration.ofDays(365);

    private final RateLimiter rate;
    private final int maxOpen;
    private final ResyncTarget target;
    private final Sleeper pauses;

    Throttle(ResyncSettings settings, ResyncTarget target, Sleeper pauses, LongSupplier nanoTime) {
        RateLimiterConfig evenly = RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(settings.rate()))
                .timeoutDuration(UNBOUNDED)
                .build();
        this.rate = RateLimiter.of("resync", evenly, nanoTime::getAsLong);
        this.maxOpen = settings.maxOpen();
        this.target = target;
        this.pauses = pauses;
    }

    /** Waits until one more may be asked for. Returns whether the run goes on. */
    boolean admits(BooleanSupplier goesOn) throws InterruptedException {
        pauses.pause(Duration.ofNanos(rate.reservePermission()));
        while (goesOn.getAsBoolean() && target.open() >= maxOpen) {
            pauses.pause(LOOK_AGAIN);
        }
        return goesOn.getAsBoolean();
    }

    /**
     * Waits until a page's requests are done, for a bounded time.
     *
     * @param openBefore how many were not done before it
     * @param goesOn whether the run does
     * @return whether nothing is left, of pages before either
     */
    boolean awaitDone(int openBefore, BooleanSupplier goesOn) throws InterruptedException {
        long looks = PATIENCE.dividedBy(LOOK_AGAIN);
        while (looks > 0 && goesOn.getAsBoolean() && target.open() > openBefore) {
            pauses.pause(LOOK_AGAIN);
            looks--;
        }
        return target.open() == 0;
    }
}
