package io.triggerquery.consumer.internal.resync;

import java.time.Duration;

/** Waits for a time, in real or virtual time. */
interface Sleeper {

    /**
     * Waits.
     *
     * @throws InterruptedException when the application stops, even if the duration is zero
     */
    void pause(Duration duration) throws InterruptedException;

    /** Returns whether the application stops. */
    boolean isStopped();
}
