package io.triggerquery.ctl;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets at most so many triggers go a second: each of them is a query to the service that published it.
 *
 * <p>Threads: one.
 */
final class Pace {

    private static final int ROUNDS_PER_SECOND = 5;
    private static final int MOST_AT_ONCE = 500;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> sleep;
    private long next;

    Pace(int perSecond, LongSupplier nanoTime, Consumer<Duration> sleep) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.next = nanoTime.getAsLong();
    }

    /** One by this machine's clock. */
    static Pace real(int perSecond) {
        return new Pace(perSecond, System::nanoTime, pause -> LockSupport.parkNanos(pause.toNanos()));
    }

    /** How many go at a time. */
    int atOnce() {
        return Math.min(MOST_AT_ONCE, Math.max(1, perSecond / ROUNDS_PER_SECOND));
    }

    /** Waits until so many may go. */
    void await(int triggers) {
        for (long wait = next - nanoTime.getAsLong(); wait > 0; wait = next - nanoTime.getAsLong()) {
            sleep.accept(Duration.ofNanos(wait));
        }
        next = nanoTime.getAsLong() + Duration.ofSeconds(triggers).toNanos() / perSecond;
    }

    /** Nothing goes for a while. */
    void hold(Duration pause) {
        next = nanoTime.getAsLong() + pause.toNanos();
    }
}
