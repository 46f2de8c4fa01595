package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Determines whether a failing destination may be tried again, and with how many triggers.
 *
 * <p>It is never {@link DestinationState#PARTLY_AWAY}: that is said of a destination whose gate lets others through.
 *
 * <p>Threads: changed by the relay's only; {@link #state()} and {@link #hurry()} by any. Bounds: a pause is one of the
 * schedule's, or {@link #BLOCKED_PAUSE}. Failure: none; it stays in trouble until {@link #succeeded}.
 */
final class DestinationBackoff {

    /** The full pause when only an operator can help. */
    static final Duration BLOCKED_PAUSE = Duration.ofMinutes(5);

    /** While draining, this much of a second's share is sent at once. */
    private static final int DRAIN_STEPS_PER_SECOND = 10;

    private final RetrySchedule schedule;
    private final int drainPerSecond;
    private final LongSupplier nanoTime;
    private volatile DestinationState state = DestinationState.OPEN;
    private volatile boolean hurried;
    private int failures;
    private boolean counted;
    private long left;
    private long dueNanos;

    DestinationBackoff(RetrySchedule schedule, int drainPerSecond, LongSupplier nanoTime) {
        this.schedule = schedule;
        this.drainPerSecond = drainPerSecond;
        this.nanoTime = nanoTime;
    }

    DestinationState state() {
        return state;
    }

    /** The clock that it goes by. */
    long nanos() {
        return nanoTime.getAsLong();
    }

    /** Whether it is open, or its pause is over. */
    boolean isDue() {
        return state == DestinationState.OPEN || hurried || nanoTime.getAsLong() - dueNanos >= 0;
    }

    /** How long until it is due. */
    Duration untilDue() {
        return isDue() ? Duration.ZERO : Duration.ofNanos(dueNanos - nanoTime.getAsLong());
    }

    /** Ends the pause, so that one attempt is made at once. */
    void hurry() {
        hurried = true;
    }

    /** An attempt begins; who asks for one from now on asks for another. */
    void attempted() {
        hurried = false;
    }

    /** How many entries may be tried now: one while it is not known whether the trouble is over. */
    int limit(int batchSize) {
        return switch (state) {
            case OPEN, PARTLY_AWAY -> batchSize;
            case AWAY -> 1;
            case DRAINING -> Math.min(batchSize, Math.max(1, drainPerSecond / DRAIN_STEPS_PER_SECOND));
        };
    }

    /**
     * So many were delivered.
     *
     * @param more whether more may be waiting: after trouble these are not sent all at once
     */
    void succeeded(int delivered, boolean more) {
        failures = 0;
        left -= delivered;
        if (state == DestinationState.OPEN || !more || counted && left <= 0) {
            open();
            return;
        }
        state = DestinationState.DRAINING;
        Duration share = Duration.ofSeconds(1).multipliedBy(delivered).dividedBy(drainPerSecond);
        dueNanos = nanoTime.getAsLong() + schedule.jittered(share).toNanos();
    }

    /** More may be waiting than has just come: it is not sent all at once. */
    void gathered() {
        if (state == DestinationState.OPEN) {
            dueNanos = nanoTime.getAsLong();
            state = DestinationState.DRAINING;
        }
    }

    /** Whether it drains, and is to be told how much. */
    boolean wantsCount() {
        return state == DestinationState.DRAINING && !counted;
    }

    /** So many entries wait when the drain begins; those that come later do not prolong it. */
    void drains(long entries) {
        counted = true;
        left = entries;
    }

    /** Nothing is left of what had gathered. */
    void drained() {
        if (state == DestinationState.DRAINING) {
            open();
        }
    }

    private void open() {
        counted = false;
        state = DestinationState.OPEN;
    }

    /** Starts a pause, longer than the one before, and returns it. */
    Duration failed() {
        return pause(schedule.after(failures + 1));
    }

    /** Starts a long pause: trying again soon would not help. */
    void blocked() {
        pause(schedule.jittered(BLOCKED_PAUSE));
    }

    /** How many times in a row it has failed. */
    int failures() {
        return failures;
    }

    private Duration pause(Duration pause) {
        long now = nanoTime.getAsLong();
        failures++;
        counted = false;
        state = DestinationState.AWAY;
        dueNanos = now + pause.toNanos();
        return pause;
    }
}
