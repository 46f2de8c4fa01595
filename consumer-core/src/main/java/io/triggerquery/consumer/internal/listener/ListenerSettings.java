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
 * @param engine each engine's limits and patience
 * @param drainTimeout how long a handover waits for what runs
 * @param firstBackOff the shortest pause of an id that has failed
 * @param maxBackOff its longest pause
 * @param sources the sources by name
 */
public record ListenerSettings(
        EngineSettings engine,
        Duration drainTimeout,
        Duration firstBackOff,
        Duration maxBackOff,
        Map<String, SourceSettings> sources) {

    /** Whatever has healed is found so before its trouble has lasted by such a part longer. */
    private static final int PART = 20;

    private static final double SPREAD = 0.5;

    /** How long what fails waits: spread by half, so that what failed together is not tried again together. */
    public BackOff backOff() {
        return failing -> Duration.ofMillis(
                IntervalFunction.ofRandomized(pause(failing), SPREAD).apply(1));
    }

    /** The same, not spread. */
    public Duration pause(Duration failing) {
        Duration part = failing.dividedBy(PART);
        Duration longEnough = part.compareTo(firstBackOff) < 0 ? firstBackOff : part;
        return longEnough.compareTo(maxBackOff) > 0 ? maxBackOff : longEnough;
    }
}
