package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens a source's circuit breaker when {@value #CALLS} calls in a row could not reach it. The failure rate of the last
 * fifty calls would also open it, but only after dozens of further calls.
 *
 * <p>Threads: any.
 */
final class OutageDetector {

    private static final int CALLS = 5;

    private final CircuitBreaker circuit;
    private final AtomicInteger consecutiveFailures = new AtomicInteger();
    private volatile @Nullable String lastFailure;

    OutageDetector(CircuitBreaker circuit) {
        this.circuit = circuit;
    }

    /** Returns whether the source is considered unavailable or failing. */
    boolean isOpen() {
        return switch (circuit.getState()) {
            case OPEN, HALF_OPEN, FORCED_OPEN -> true;
            case CLOSED, DISABLED, METRICS_ONLY -> false;
        };
    }

    /** Records that a call reached the source, whatever it answered. */
    void reached() {
        if (consecutiveFailures.get() > 0) {
            consecutiveFailures.set(0);
        }
    }

    /** Returns whether the last two calls or more, for different ids, could not reach the source. */
    boolean isRepeated() {
        return consecutiveFailures.get() > 1;
    }

    /** Records the failure of a call, as one line. */
    void failed(String line) {
        lastFailure = line;
    }

    /** Returns the latest failure, or null if no call has failed. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    /** Records that a call could not reach the source. */
    void unreachable() {
        if (consecutiveFailures.incrementAndGet() >= CALLS && circuit.getState() == CircuitBreaker.State.CLOSED) {
            circuit.transitionToOpenState();
        }
    }
}
