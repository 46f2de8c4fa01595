package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Determines whether a failing destination or store may be tried again, and with how many triggers.
 *
 * <p>It is never {@link DestinationState#PARTLY_AWAY}: {@link Outage} determines that state.
 *
 * <p>Threads: the relay's only; {@link #state()} and {@link #retryNow()} may be called by any. Bounds: a pause is one
 * of the schedule's, or {@link #BLOCKED_PAUSE}. Failure: none; it counts as failing until {@link #succeeded}.
 */
final class RelayBackoff {

    /** The pause when only an operator can help, without jitter. */
    static final Duration BLOCKED_PAUSE = Duration.ofMinutes(5);

    /** A drain sends its rate in this many batches a second. */
    private static final int DRAIN_STEPS_PER_SECOND = 10;

    private final RetrySchedule schedule;
    private final int drainPerSecond;
    private final LongSupplier nanoTime;
    private volatile DestinationState state = DestinationState.OPEN;
    private volatile boolean retryRequested;
    private int failures;
    private boolean counted;
    private long remaining;
    private long dueNanos;

    RelayBackoff(RetrySchedule schedule, int drainPerSecond, LongSupplier nanoTime) {
        this.schedule = schedule;
        this.drainPerSecond = drainPerSecond;
        this.nanoTime = nanoTime;
    }

    DestinationState state() {
        return state;
    }

    /** Returns the time by which pauses are measured. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Returns whether the destination is open, or its pause has ended. */
    boolean isDue() {
        return state == DestinationState.OPEN || retryRequested || nanoTime.getAsLong() - dueNanos >= 0;
    }

    /** Returns the time until an attempt is due. */
    Duration untilDue() {
        return isDue() ? Duration.ZERO : Duration.ofNanos(dueNanos - nanoTime.getAsLong());
    }

    /** Ends the pause, so that the next attempt is due at once. */
    void retryNow() {
        retryRequested = true;
    }

    /** Records the start of an attempt. A later {@link #retryNow()} requests another one. */
    void attempted() {
        retryRequested = false;
    }

    /** Returns how many entries may be tried now: one while it is not known whether the destination has recovered. */
    int limit(int batchSize) {
        return switch (state) {
            case OPEN, PARTLY_AWAY -> batchSize;
            case AWAY -> 1;
            case DRAINING -> Math.min(batchSize, Math.max(1, drainPerSecond / DRAIN_STEPS_PER_SECOND));
        };
    }

    /**
     * Records deliveries.
     *
     * @param delivered the number of triggers
     * @param more whether more may be waiting: after a failure these are sent at a bounded rate
     */
    void succeeded(int delivered, boolean more) {
        failures = 0;
        remaining -= delivered;
        if (state == DestinationState.OPEN || !more || counted && remaining <= 0) {
            open();
            return;
        }
        state = DestinationState.DRAINING;
        Duration share = Duration.ofSeconds(1).multipliedBy(delivered).dividedBy(drainPerSecond);
        dueNanos = nanoTime.getAsLong() + schedule.jittered(share).toNanos();
    }

    /** Begins a drain if the destination is open: a backlog may wait, which is sent at a bounded rate. */
    void startDrain() {
        if (state == DestinationState.OPEN) {
            dueNanos = nanoTime.getAsLong();
            state = DestinationState.DRAINING;
        }
    }

    /** Returns whether a drain has begun and the number of its entries is not set. */
    boolean needsCount() {
        return state == DestinationState.DRAINING && !counted;
    }

    /** Sets the number of entries that wait when the drain begins; later ones do not prolong it. */
    void setDrainCount(long entries) {
        counted = true;
        remaining = entries;
    }

    /** Ends the drain: no entry waits. */
    void endDrain() {
        if (state == DestinationState.DRAINING) {
            open();
        }
    }

    private void open() {
        counted = false;
        state = DestinationState.OPEN;
    }

    /** Starts a pause, longer than the one before, and returns its length. */
    Duration failed() {
        return pause(schedule.after(failures + 1));
    }

    /** Starts a long pause: trying again soon would not help. */
    void blocked() {
        pause(schedule.jittered(BLOCKED_PAUSE));
    }

    /** Returns the number of consecutive failures. */
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
