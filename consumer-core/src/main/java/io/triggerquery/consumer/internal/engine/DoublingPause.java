package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pauses that double up to a maximum.
 *
 * @param first the first pause
 * @param max the maximum
 */
public record DoublingPause(Duration first, Duration max) {

    /** Returns the pause after the previous one, or the first if there was none. */
    public Duration next(@Nullable Duration previous) {
        Duration pause = previous == null ? first : previous.multipliedBy(2);
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
