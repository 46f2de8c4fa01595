package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens a source's circuit when {@value #CALLS} calls in a row could not reach it. The share of its last fifty calls
 * that failed says so too, but only after dozens more.
 *
 * <p>Threads: any.
 */
final class OutageDetector {

    private static final int CALLS = 5;

    private final CircuitBreaker circuit;
    private final AtomicInteger inARow = new AtomicInteger();
    private volatile @Nullable String lastFailure;

    OutageDetector(CircuitBreaker circuit) {
        this.circuit = circuit;
    }

    /** Whether the source is taken to be away, or unwell. */
    boolean on() {
        return switch (circuit.getState()) {
            case OPEN, HALF_OPEN, FORCED_OPEN -> true;
            case CLOSED, DISABLED, METRICS_ONLY -> false;
        };
    }

    /** A call has found the source there, whatever it said. */
    void there() {
        if (inARow.get() > 0) {
            inARow.set(0);
        }
    }

    /** A call has failed, as this line says. */
    void failed(String line) {
        lastFailure = line;
    }

    /** With what the latest call failed that did, or null if none has. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    /** A call has found the source away. */
    void away() {
        if (inARow.incrementAndGet() >= CALLS && circuit.getState() == CircuitBreaker.State.CLOSED) {
            circuit.transitionToOpenState();
        }
    }
}
