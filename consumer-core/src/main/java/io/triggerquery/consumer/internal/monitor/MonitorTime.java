package io.triggerquery.consumer.internal.monitor;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and randomness of a monitor.
 *
 * @param nanoTime measures all durations, so that steps of the clock do not matter
 * @param clock says when a trigger was sent, and when a violation was found
 * @param random chooses samples; used under locks only
 */
public record MonitorTime(LongSupplier nanoTime, InstantSource clock, RandomGenerator random) {

    long nanos() {
        return nanoTime.getAsLong();
    }
}
