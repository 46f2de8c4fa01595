package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/** Runs actions later, on a scheduled executor or in virtual time. */
@FunctionalInterface
public interface Timer {

    /** Runs the action once, after the delay, on a thread of the timer. */
    Cancellation schedule(Duration delay, Runnable action);

    /** Cancels a scheduled action. */
    @FunctionalInterface
    interface Cancellation {

        /** Cancels the action, if it has not begun. */
        void cancel();
    }
}
