package io.triggerquery.producer.internal.outbox;

import java.time.Duration;

/**
 * Determines where a claim starts in the index, so that it does not scan deleted rows. PostgreSQL keeps dead rows as
 * long as any transaction has an old snapshot, and a claim from the front of the index scans every trigger sent since
 * then. While such claims are slow, most claims start where the last one ended, and claims from the front take a
 * bounded share of the time.
 *
 * <p>No row is missed: a row that becomes due, or is made due, is in the window. A row that is committed with an
 * earlier due time, by a transaction that ran longer than {@link #MARGIN}, is found by the next claim from the front.
 *
 * <p>Threads: any, one claim at a time.
 */
final class ClaimWindow {

    /** Longer than any row has been due. */
    static final Duration EVERYTHING = Duration.ofDays(36_500);

    /** The duration above which a claim is slow. */
    static final Duration SLOW_THRESHOLD = Duration.ofMillis(20);

    /** The number of consecutive slow claims from the front after which they become rare. */
    static final int MAX_CONSECUTIVE_SLOW = 3;

    /** The pause after a slow claim from the front, in multiples of its duration. */
    static final int PAUSE_FACTOR = 20;

    /** The duration of usual transactions, plus the drift of the clocks. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private int consecutiveSlow;
    private long frontDueNanos;
    private long reachedNanos;
    private boolean hasReached;

    /** Returns how long the rows of a claim that starts now may have been due. */
    synchronized Duration lookBack(long nowNanos) {
        return !hasReached || consecutiveSlow < MAX_CONSECUTIVE_SLOW || nowNanos - frontDueNanos >= 0
                ? EVERYTHING
                : Duration.ofNanos(nowNanos - reachedNanos).plus(MARGIN);
    }

    /**
     * Records a successful claim.
     *
     * @param lookBack the result of {@link #lookBack} for it
     * @param lag how long the last claimed row had been due, if the claim reached its limit; else zero
     */
    synchronized void succeeded(Duration lookBack, long startNanos, long endNanos, Duration lag) {
        reachedNanos = startNanos - lag.toNanos();
        hasReached = true;
        recordDuration(lookBack, startNanos, endNanos);
    }

    /** Records a failed claim, which may have taken too long. */
    synchronized void failed(Duration lookBack, long startNanos, long endNanos) {
        recordDuration(lookBack, startNanos, endNanos);
    }

    private void recordDuration(Duration lookBack, long startNanos, long endNanos) {
        if (lookBack.equals(EVERYTHING)) {
            long duration = endNanos - startNanos;
            consecutiveSlow = duration > SLOW_THRESHOLD.toNanos() ? consecutiveSlow + 1 : 0;
            frontDueNanos = endNanos + duration * PAUSE_FACTOR;
        }
    }
}
