package io.triggerquery.consumer.internal.listener;

import io.github.resilience4j.core.IntervalFunction;
import io.triggerquery.consumer.internal.engine.BackOff;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.query.SourceSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The validated settings that hold for all listeners.
 *
 * @param engine the limits and the timing of each engine
 * @param drainTimeout how long a handover waits for running rounds
 * @param firstBackOff the shortest pause of a failing id
 * @param maxBackOff the longest pause of a failing id
 * @param sources the settings of the sources, by name
 */
public record ListenerSettings(
        EngineSettings engine,
        Duration drainTimeout,
        Duration firstBackOff,
        Duration maxBackOff,
        Map<String, SourceSettings> sources) {

    /**
     * The pause is this fraction of the time that the id has been failing, so recovery is detected within that
     * fraction.
     */
    private static final int FRACTION = 20;

    private static final double RANDOMIZATION = 0.5;

    /**
     * Returns the back-off of failing ids: randomized by half, so that ids that failed together are not tried again
     * together.
     */
    public BackOff backOff() {
        return failing -> Duration.ofMillis(
                IntervalFunction.ofRandomized(pause(failing), RANDOMIZATION).apply(1));
    }

    /** Returns the pause after an id has been failing for a time, without randomization. */
    public Duration pause(Duration failing) {
        Duration fraction = failing.dividedBy(FRACTION);
        Duration atLeastFirst = fraction.compareTo(firstBackOff) < 0 ? firstBackOff : fraction;
        return atLeastFirst.compareTo(maxBackOff) > 0 ? maxBackOff : atLeastFirst;
    }
}
