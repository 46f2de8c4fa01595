package io.triggerquery.consumer.internal.resync;

import java.time.Duration;

/** Waits for a time, really or virtually. */
interface Sleeper {

    /**
     * Waits.
     *
     * @throws InterruptedException when the application stops, also if the pause is zero
     */
    void pause(Duration duration) throws InterruptedException;

    /** Whether the application stops. */
    boolean over();
}
