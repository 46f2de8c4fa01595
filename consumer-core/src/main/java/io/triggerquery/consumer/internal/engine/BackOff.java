package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/** Determines how long an id waits after failed rounds. */
@FunctionalInterface
public interface BackOff {

    /**
     * Returns the pause before the next round.
     *
     * @param failing how long every round has failed; zero or more
     */
    Duration after(Duration failing);
}
