package io.triggerquery.consumer.spi;

import java.time.Duration;

/**
 * Determines how long an id waits after failed rounds. A bean of this type determines the pauses of all listeners;
 * {@code back-off} must then not be set. It also determines the pauses of a resync that fails.
 *
 * <p>By default an id waits for a twentieth of the time that it has been failing, within the bounds of {@code
 * triggerquery.defaults.back-off}, randomized by half. Add jitter to your pauses as well, so that ids that failed
 * together are not retried together.
 *
 * <p>Threads: called by any thread, with the listener's lock held. It must return at once and must not block.
 */
@FunctionalInterface
public interface BackOff {

    /**
     * Returns the pause before the next round of an id. A shorter pause than 1 ms counts as 1 ms, and a longer one than
     * a day as a day. If this throws or returns null, the pause by the settings is used, and the failure is logged
     * once.
     *
     * @param failing how long every round of the id has failed; zero or more
     */
    Duration after(Duration failing);
}
