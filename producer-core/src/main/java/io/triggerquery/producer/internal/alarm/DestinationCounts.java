package io.triggerquery.producer.internal.alarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Counts by destination, each reported at most once a minute. What is counted in between is reported with the first
 * count after that minute.
 */
final class DestinationCounts {

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private record Unreported(long count, long reportedNanos) {}

    private final LongSupplier nanoTime;
    private final Map<String, Unreported> counts = new HashMap<>();

    DestinationCounts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Adds to the count of a destination, and returns the count if it must be reported now. */
    synchronized OptionalLong add(String destination, long count) {
        long now = nanoTime.getAsLong();
        Unreported last = counts.getOrDefault(destination, new Unreported(0, now - INTERVAL.toNanos()));
        long sum = last.count() + count;
        if (now - last.reportedNanos() < INTERVAL.toNanos()) {
            counts.put(destination, new Unreported(sum, last.reportedNanos()));
            return OptionalLong.empty();
        }
        counts.put(destination, new Unreported(0, now));
        return OptionalLong.of(sum);
    }
}
