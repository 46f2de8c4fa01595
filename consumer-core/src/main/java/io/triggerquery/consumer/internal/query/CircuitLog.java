package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when a source's circuit breaker opens and when it closes. */
final class CircuitLog {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final Set<CircuitBreaker> watched = ConcurrentHashMap.newKeySet();

    void watch(CircuitBreaker circuit, Duration longestPause, OutageDetector outage) {
        if (watched.add(circuit)) {
            circuit.getEventPublisher()
                    .onStateTransition(event -> logTransition(event, longestPause, outage.lastFailure()));
        }
    }

    private static void logTransition(
            CircuitBreakerOnStateTransitionEvent event, Duration longestPause, @Nullable String lastFailure) {
        State from = event.getStateTransition().getFromState();
        State to = event.getStateTransition().getToState();
        String source = event.getCircuitBreakerName();
        if (from == State.CLOSED && to == State.OPEN) {
            log.warn(
                    "The source {} fails: its circuit breaker is open, and probes it at least every {} ms. Last"
                            + " failure: {}",
                    source,
                    longestPause.toMillis(),
                    lastFailure);
        } else if (to == State.CLOSED) {
            log.info("The source {} answers again: its circuit breaker is closed.", source);
        }
    }
}
