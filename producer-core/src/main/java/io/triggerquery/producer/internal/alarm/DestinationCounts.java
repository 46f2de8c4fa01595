package io.triggerquery.producer.internal.alarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Counts by destination, reported at most once a minute each. What comes in between is told with the next that comes
 * later.
 */
final class DestinationCounts {

    static final Duration SPACING = Duration.ofMinutes(1);

    private record Sum(long untold, long toldNanos) {}

    private final LongSupplier nanoTime;
    private final Map<String, Sum> sums = new HashMap<>();

    DestinationCounts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Adds, and returns the sum if it is to be told now. */
    synchronized OptionalLong add(String destination, long count) {
        long now = nanoTime.getAsLong();
        Sum sum = sums.getOrDefault(destination, new Sum(0, now - SPACING.toNanos()));
        long untold = sum.untold() + count;
        if (now - sum.toldNanos() < SPACING.toNanos()) {
            sums.put(destination, new Sum(untold, sum.toldNanos()));
            return OptionalLong.empty();
        }
        sums.put(destination, new Sum(0, now));
        return OptionalLong.of(untold);
    }
}
