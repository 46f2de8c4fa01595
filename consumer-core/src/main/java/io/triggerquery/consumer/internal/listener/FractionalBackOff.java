package io.triggerquery.consumer.internal.listener;

import io.github.resilience4j.core.IntervalFunction;
import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;

/**
 * Pauses for a fraction of the time that an id has been failing, so that recovery is detected within that fraction. The
 * pauses are randomized by half, so that ids that failed together are not tried again together.
 *
 * @param first the shortest pause
 * @param max the longest pause
 */
public record FractionalBackOff(Duration first, Duration max) implements BackOff {

    private static final int FRACTION = 20;

    private static final double RANDOMIZATION = 0.5;

    @Override
    public Duration after(Duration failing) {
        return Duration.ofMillis(
                IntervalFunction.ofRandomized(pause(failing), RANDOMIZATION).apply(1));
    }

    /** Returns the pause after an id has been failing for a time, without randomization. */
    public Duration pause(Duration failing) {
        Duration fraction = failing.dividedBy(FRACTION);
        Duration atLeastFirst = fraction.compareTo(first) < 0 ? first : fraction;
        return atLeastFirst.compareTo(max) > 0 ? max : atLeastFirst;
    }
}
