package io.triggerquery.consumer.internal.control;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The broker's clock, as far as the records show it, so that instances agree whose own clocks differ. A record shows
 * the least time that it can be; one that this instance has sent itself also shows the most.
 *
 * <p>Threads: guarded by the fleet's lock.
 */
final class BrokerClock {

    private final InstantSource local;
    private final LongSupplier nanoTime;
    private boolean isKnown;
    private long startMillis;

    BrokerClock(InstantSource local, LongSupplier nanoTime) {
        this.local = local;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads a record.
     *
     * @param brokerTime when the broker appended it, in milliseconds since the epoch, or -1 if that is unknown
     */
    void read(long brokerTime) {
        if (brokerTime >= 0) {
            long start = brokerTime - millis(nanoTime.getAsLong());
            startMillis = isKnown ? Math.max(startMillis, start) : start;
            isKnown = true;
        }
    }

    /**
     * Reads a record that this instance has sent.
     *
     * @param sentAt the monotonic time before it was sent
     */
    void readBack(long brokerTime, long sentAt) {
        if (isKnown && brokerTime >= 0) {
            startMillis = Math.min(startMillis, brokerTime - millis(sentAt));
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Returns the time by the broker's clock, or by the local one while no record has shown the former. */
    Instant now() {
        return isKnown ? Instant.ofEpochMilli(startMillis + millis(nanoTime.getAsLong())) : local.instant();
    }

    /** Returns the time of a record. */
    Instant timeOf(ControlLog.Record message) {
        return message.brokerTime() >= 0 ? Instant.ofEpochMilli(message.brokerTime()) : now();
    }
}
