package io.triggerquery.consumer.engine;

import java.time.Duration;

/** How long an id waits after failed rounds. */
@FunctionalInterface
public interface BackOff {

    /**
     * The pause before the next round.
     *
     * @param failures how many rounds have failed in a row, at least one
     */
    Duration after(int failures);
}
