package io.triggerquery.bench.workload;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock that all processes share, in nanoseconds of the epoch. */
final class WallClock {

    private WallClock() {}

    static long nanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
