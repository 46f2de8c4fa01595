package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/** Determines how long an id waits after failed rounds. */
@FunctionalInterface
public interface BackOff {

    /**
     * The pause before the next round.
     *
     * @param failing for how long every round has failed, from zero
     */
    Duration after(Duration failing);
}
