package io.triggerquery.consumer.listener;

import io.github.resilience4j.core.IntervalFunction;
import io.triggerquery.consumer.engine.BackOff;
import io.triggerquery.consumer.engine.EngineSettings;
import io.triggerquery.consumer.query.SourceSettings;
import java.time.Duration;
import java.util.Map;

/**
 * What holds for all listeners, checked.
 *
 * @param engine each engine's limits and patience
 * @param drainTimeout how long a handover waits for what runs
 * @param firstBackOff how long an id waits after its first failure; doubled with each further one
 * @param maxBackOff how long it waits at most
 * @param sources the sources by name
 */
public record ListenerSettings(
        EngineSettings engine,
        Duration drainTimeout,
        Duration firstBackOff,
        Duration maxBackOff,
        Map<String, SourceSettings> sources) {

    /** Doubled so often, a millisecond is longer than any longest pause; the library reckons step by step. */
    private static final int LAST_STEP = 40;

    /** How long what fails waits: spread by half, so that what failed together is not tried again together. */
    public BackOff backOff() {
        IntervalFunction pauses = IntervalFunction.ofExponentialRandomBackoff(firstBackOff, 2.0, 0.5, maxBackOff);
        return failures -> Duration.ofMillis(pauses.apply(Math.min(failures, LAST_STEP)));
    }
}
