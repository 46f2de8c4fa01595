package io.triggerquery.consumer.internal.monitor;

import java.util.concurrent.TimeUnit;

/**
 * Limits a number per second, for example of ids that are checked and repaired.
 *
 * <p>Threads: the monitor's thread.
 */
final class Budget {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final double most;
    private double available;
    private long filledAt;

    /**
     * Creates a budget.
     *
     * @param most what is available after a pause; at least 1
     */
    Budget(double perSecond, double most, long now) {
        this.perSecond = perSecond;
        this.most = most;
        this.available = most;
        this.filledAt = now;
    }

    /** Returns the number of ids that are permitted now. */
    int available(long now) {
        available = Math.min(most, available + (now - filledAt) / SECOND * perSecond);
        filledAt = now;
        return (int) available;
    }

    void use(int ids) {
        available -= ids;
    }
}
