package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of an instance, and its timer.
 *
 * @param time the time, which may differ between instances
 * @param nanoTime a monotonic clock
 * @param timer runs an action later
 */
public record Clocks(InstantSource time, LongSupplier nanoTime, Timer timer) {

    /** Runs an action later. */
    @FunctionalInterface
    public interface Timer {

        /** Runs a short action after a delay. */
        void schedule(Duration delay, Runnable action);
    }

    /** Returns the clocks of the system. */
    public static Clocks system(Timer timer) {
        return new Clocks(InstantSource.system(), System::nanoTime, timer);
    }
}
