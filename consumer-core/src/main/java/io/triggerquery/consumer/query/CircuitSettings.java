package io.triggerquery.consumer.query;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/**
 * When a source is taken to be unwell: half of its last calls failed, and at least as many were made as makes that no
 * accident.
 */
final class CircuitSettings {

    private static final int WINDOW_CALLS = 50;
    private static final int CALLS_TO_JUDGE = 10;
    private static final int PROBES = 5;
    private static final float FAILURE_PERCENT = 50;

    private CircuitSettings() {}

    static CircuitBreakerConfig openFor(Duration pause) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW_CALLS, CALLS_TO_JUDGE, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitDurationInOpenState(pause)
                .maxWaitDurationInHalfOpenState(pause)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build();
    }
}
