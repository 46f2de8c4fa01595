package io.triggerquery.producer.outbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether something that fails may be tried again yet.
 *
 * <p>Threads: the relay's only. Bounds: a pause never exceeds the back-off's cap, or {@link #BLOCKED_PAUSE}. Failure:
 * none; it stays in trouble until {@link #succeeded()}.
 */
final class Gate {

    /** The full pause when only an operator can help. */
    static final Duration BLOCKED_PAUSE = Duration.ofMinutes(1);

    private sealed interface State {}

    private record Open() implements State {}

    private record Troubled(int failures, long dueNanos) implements State {}

    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private State state = new Open();

    Gate(Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    /** Whether it is open, or the pause is over and one attempt may show whether the trouble is. */
    boolean isDue() {
        return !(state instanceof Troubled troubled) || nanoTime.getAsLong() - troubled.dueNanos() >= 0;
    }

    void succeeded() {
        state = new Open();
    }

    /** Starts a pause, longer than the one before, and returns it. */
    Duration failed() {
        return pause(backoff.after(failures() + 1));
    }

    /** Starts a long pause: trying again soon would not help. */
    void blocked() {
        pause(backoff.jittered(BLOCKED_PAUSE));
    }

    private Duration pause(Duration pause) {
        state = new Troubled(failures() + 1, nanoTime.getAsLong() + pause.toNanos());
        return pause;
    }

    private int failures() {
        return state instanceof Troubled troubled ? troubled.failures() : 0;
    }
}
