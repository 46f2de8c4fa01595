package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/** Runs actions later: a scheduled executor in production, virtual time in tests. */
@FunctionalInterface
public interface Timer {

    /** Runs the action once, after the delay, on a thread of the timer. */
    Cancellation schedule(Duration delay, Runnable action);

    /** Calls a scheduled action off, if it has not begun. */
    @FunctionalInterface
    interface Cancellation {
        void cancel();
    }
}
