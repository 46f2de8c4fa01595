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
 * What has been done so far. The same for all peers, and cheap beside what they do.
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
     * Begins at nothing.
     *
     * @param ids the largest number of an id
     * @param openLoop when triggers were meant to be sent, or null if time to fresh is not asked for
     */
    Progress(int ids, @Nullable OpenLoop openLoop) {
        this.seen = new AtomicLongArray(ids / Long.SIZE + 1);
        this.openLoop = openLoop;
    }

    /** A state has been written, and is there for good. */
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

    /** The work of so many more triggers is done. */
    void settled(int triggers) {
        settled.add(triggers);
    }

    /** Adds what somebody else counts. */
    void settledElsewhere(LongSupplier count) {
        settledElsewhere = count;
    }

    /** How many different ids have been projected. */
    long applied() {
        return applied.sum();
    }

    /** How many states have been written. */
    long projections() {
        return projections.sum();
    }

    /** How many triggers need nothing more. */
    long settled() {
        return settled.sum() + settledElsewhere.getAsLong();
    }

    /** Microseconds from the time a trigger was meant to be sent to the first projection of its id. */
    Histogram toFresh() {
        return toFresh.copy();
    }

    /** The wall clock, in nanoseconds of the epoch. */
    static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
