package io.triggerquery.ctl;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Limits the rate of triggers, because each of them causes a query to the service that published it.
 *
 * <p>Threads: one.
 */
final class Pace {

    private static final int BATCHES_PER_SECOND = 5;
    private static final int MAX_BATCH_SIZE = 500;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> sleep;
    private long nextNanos;

    Pace(int perSecond, LongSupplier nanoTime, Consumer<Duration> sleep) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.nextNanos = nanoTime.getAsLong();
    }

    /** Returns a pace by this machine's clock. */
    static Pace real(int perSecond) {
        return new Pace(perSecond, System::nanoTime, pause -> LockSupport.parkNanos(pause.toNanos()));
    }

    /** Returns the number of triggers to send at a time. */
    int batchSize() {
        return Math.min(MAX_BATCH_SIZE, Math.max(1, perSecond / BATCHES_PER_SECOND));
    }

    /** Waits until this number of triggers may be sent. */
    void await(int triggers) {
        for (long wait = nextNanos - nanoTime.getAsLong(); wait > 0; wait = nextNanos - nanoTime.getAsLong()) {
            sleep.accept(Duration.ofNanos(wait));
        }
        nextNanos = nanoTime.getAsLong() + Duration.ofSeconds(triggers).toNanos() / perSecond;
    }

    /** Delays the next triggers. */
    void pause(Duration pause) {
        nextNanos = nanoTime.getAsLong() + pause.toNanos();
    }
}
