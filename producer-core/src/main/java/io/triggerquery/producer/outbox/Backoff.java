package io.triggerquery.producer.outbox;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Pauses that double from one second up to a cap, with jitter below, so that instances do not act in step. */
final class Backoff {

    private static final long FIRST_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 20;

    private final Duration cap;
    private final DoubleSupplier random;

    /**
     * Makes a back-off.
     *
     * @param random gives numbers from 0 (included) to 1 (excluded)
     */
    Backoff(Duration cap, DoubleSupplier random) {
        this.cap = cap;
        this.random = random;
    }

    /** The pause after so many failures in a row: between half of the full pause and the full pause. */
    Duration after(int failures) {
        long full = Math.min(cap.toMillis(), FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS));
        return jittered(Duration.ofMillis(full));
    }

    /** A pause of any length, jittered in the same way. */
    Duration jittered(Duration full) {
        return Duration.ofMillis(Math.max(1, (long) (full.toMillis() * (0.5 + random.getAsDouble() / 2))));
    }
}
