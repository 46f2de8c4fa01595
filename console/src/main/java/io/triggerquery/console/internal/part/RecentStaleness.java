package io.triggerquery.console.internal.part;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how stale the last projected states were: the time from the sending of the trigger to the projection.
 *
 * <p>Threads: any. Bounds: {@value #SIZE} states, of the last 5 minutes.
 */
final class RecentStaleness {

    static final int SIZE = 1_024;

    private static final long WINDOW_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final double MILLIS = 1_000;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    private final InstantSource clock;
    private final long[] at = new long[SIZE];
    private final long[] stale = new long[SIZE];
    private long count;

    /**
     * Percentiles of the staleness.
     *
     * @param p50 the seconds that half of the states do not exceed
     * @param p99 the seconds that 99 % of them do not exceed
     * @param states the number of states
     */
    record Percentiles(double p50, double p99, int states) {}

    RecentStaleness(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds a state whose trigger was sent at this time, in milliseconds. */
    void add(long sent) {
        add(clock.millis(), sent);
    }

    private synchronized void add(long now, long sent) {
        int next = (int) (count++ % SIZE);
        at[next] = now;
        stale[next] = Math.max(0, now - sent);
    }

    @Nullable
    Percentiles percentiles() {
        long[] sorted = recent(clock.millis() - WINDOW_MILLIS);
        if (sorted.length == 0) {
            return null;
        }
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, P50), at(sorted, P99), sorted.length);
    }

    private synchronized long[] recent(long since) {
        long[] found = new long[(int) Math.min(count, SIZE)];
        int length = 0;
        for (int i = 0; i < found.length; i++) {
            if (at[i] >= since) {
                found[length++] = stale[i];
            }
        }
        return Arrays.copyOf(found, length);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / MILLIS;
    }
}
