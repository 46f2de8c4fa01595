package io.triggerquery.producer.internal.outbox;

import java.time.Duration;

/**
 * Determines where a claim starts in the index, so that it does not walk over rows that were deleted. PostgreSQL keeps
 * dead rows for as long as any transaction has an old snapshot, and a claim that begins at the front walks over every
 * trigger sent since. So while such claims are slow, most of them begin where the last one ended, and those from the
 * front take a bounded part of the time.
 *
 * <p>Nothing is lost on it: a row that becomes due, or is made due, does so within the window. One that is committed with
 * an earlier time, by a transaction that ran for longer than {@link #MARGIN}, is found by the next claim from the front.
 *
 * <p>Threads: any, one claim at a time.
 */
final class ClaimWindow {

    /** Further back than any row. */
    static final Duration EVERYTHING = Duration.ofDays(36_500);

    /** A claim from the front that takes less is always made. */
    static final Duration SLOW = Duration.ofMillis(20);

    /** So many slow ones in a row are no accident. */
    static final int SLOW_IN_A_ROW = 3;

    /** Slow claims from the front take one of so many parts of the time. */
    static final int PARTS = 20;

    /** How long usual transactions take, and how far clocks may differ in speed. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private int slow;
    private long frontDueNanos;
    private long reachedNanos;

    /** How far back a claim that begins now has to look. */
    synchronized Duration lookBack(long nowNanos) {
        return slow < SLOW_IN_A_ROW || nowNanos - frontDueNanos >= 0
                ? EVERYTHING
                : Duration.ofNanos(nowNanos - reachedNanos).plus(MARGIN);
    }

    /**
     * A claim has ended.
     *
     * @param lookBack how far it looked back
     * @param left for how long the last row that it took had been due, if it took as many as it might; else zero
     */
    synchronized void ended(Duration lookBack, long beganNanos, long endedNanos, Duration left) {
        reachedNanos = beganNanos - left.toNanos();
        took(lookBack, beganNanos, endedNanos);
    }

    /** A claim has failed, perhaps since it took too long: it has reached nothing. */
    synchronized void failed(Duration lookBack, long beganNanos, long endedNanos) {
        took(lookBack, beganNanos, endedNanos);
    }

    private void took(Duration lookBack, long beganNanos, long endedNanos) {
        if (lookBack.equals(EVERYTHING)) {
            long took = endedNanos - beganNanos;
            slow = took > SLOW.toNanos() ? slow + 1 : 0;
            frontDueNanos = endedNanos + took * PARTS;
        }
    }
}
