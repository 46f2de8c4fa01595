package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * Determines when a circuit opens: when half of the last calls failed, among a minimum number of calls. Then one call
 * at a time finds out whether it is well again, soon at first.
 */
final class CircuitSettings {

    private static final int WINDOW_CALLS = 50;
    private static final int CALLS_TO_JUDGE = 10;
    private static final int PROBES = 1;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final float FAILURE_PERCENT = 50;

    private CircuitSettings() {}

    /**
     * The settings.
     *
     * @param longestPause between two probes, of which each doubles the pause
     * @param probe how long one may take before it counts as failed
     */
    static CircuitBreakerConfig of(Duration longestPause, Duration probe) {
        Duration first = longestPause.compareTo(FIRST_PAUSE) < 0 ? longestPause : FIRST_PAUSE;
        return CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW_CALLS, CALLS_TO_JUDGE, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(first, 2.0, longestPause))
                .maxWaitDurationInHalfOpenState(probe)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build();
    }
}
