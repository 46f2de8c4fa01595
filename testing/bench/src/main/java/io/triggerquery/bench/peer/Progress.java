package io.triggerquery.bench.peer;

import io.triggerquery.bench.id.PaymentIds;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts the work of a peer. It is the same for all peers, and cheap compared with their work.
 *
 * <p>Threads: any. Bounds: a bit for each id, and a histogram of fixed size.
 */
final class Progress {

    private static final long AN_HOUR_IN_MICROS = 3_600_000_000L;

    private final AtomicLongArray seen;
    private final @Nullable OpenLoop openLoop;
    private final LongAdder applied = new LongAdder();
    private final LongAdder projections = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final ConcurrentHistogram toFresh = new ConcurrentHistogram(AN_HOUR_IN_MICROS, 3);
    private volatile LongSupplier settledElsewhere = () -> 0;

    /**
     * Creates counters that are zero.
     *
     * @param ids the largest number of an id
     * @param openLoop the times at which triggers should be sent, or null if time to fresh is not measured
     */
    Progress(int ids, @Nullable OpenLoop openLoop) {
        this.seen = new AtomicLongArray(ids / Long.SIZE + 1);
        this.openLoop = openLoop;
    }

    /** Counts a state that has been written, and committed in a database. */
    void projected(Billing billing) {
        projected(PaymentIds.number(billing.paymentId()));
    }

    void projected(int number) {
        projections.increment();
        if (first(number)) {
            applied.increment();
            if (openLoop != null && number >= openLoop.first()) {
                long late = openLoop.microsSince(number, nowNanos());
                toFresh.recordValue(Math.min(late, AN_HOUR_IN_MICROS));
            }
        }
    }

    private boolean first(int number) {
        long bit = 1L << (number % Long.SIZE);
        return (seen.getAndAccumulate(number / Long.SIZE, bit, (before, mine) -> before | mine) & bit) == 0;
    }

    /** Counts triggers whose work is done. */
    void settled(int triggers) {
        settled.add(triggers);
    }

    /** Adds triggers that are counted elsewhere. */
    void settledElsewhere(LongSupplier count) {
        settledElsewhere = count;
    }

    /** Returns the number of distinct ids that have been projected. */
    long applied() {
        return applied.sum();
    }

    /** Returns the number of states that have been written. */
    long projections() {
        return projections.sum();
    }

    /** Returns the number of triggers that need nothing more. */
    long settled() {
        return settled.sum() + settledElsewhere.getAsLong();
    }

    /** Returns microseconds from the time at which a trigger should be sent to the first projection of its id. */
    Histogram toFresh() {
        return toFresh.copy();
    }

    /** Returns the wall clock time in nanoseconds of the epoch. */
    static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
