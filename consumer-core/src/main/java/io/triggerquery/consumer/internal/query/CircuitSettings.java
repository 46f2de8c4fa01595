package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * Determines when a circuit breaker opens: when half of the last calls failed, after a minimum number of calls. Then
 * one call at a time probes whether the source has recovered; the first pause is short.
 */
final class CircuitSettings {

    private static final int WINDOW_CALLS = 50;
    private static final int MINIMUM_CALLS = 10;
    private static final int PROBES = 1;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final float FAILURE_PERCENT = 50;

    private CircuitSettings() {}

    /**
     * Returns the settings.
     *
     * @param longestPause the longest pause between two probes; each failed probe doubles the pause
     * @param probe how long a probe may take before it counts as failed
     */
    static CircuitBreakerConfig of(Duration longestPause, Duration probe) {
        Duration first = longestPause.compareTo(FIRST_PAUSE) < 0 ? longestPause : FIRST_PAUSE;
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW_CALLS)
                .minimumNumberOfCalls(MINIMUM_CALLS)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(first, 2.0, longestPause))
                .maxWaitDurationInHalfOpenState(probe)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build();
    }
}
