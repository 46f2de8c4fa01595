package io.triggerquery.faultinjection.speed;

import java.util.Arrays;
import java.util.Locale;

/** A list of durations. */
final class Times {

    private final long[] nanos;
    private int count;

    Times(int capacity) {
        nanos = new long[capacity];
    }

    void add(long duration) {
        nanos[count] = duration;
        count++;
    }

    /** Returns the duration in milliseconds. */
    String percentile(int percent) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%.3f", sorted[(count - 1) * percent / 100] / 1e6);
    }
}
