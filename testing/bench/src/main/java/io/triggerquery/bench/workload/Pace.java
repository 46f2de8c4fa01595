package io.triggerquery.bench.workload;

import java.time.Duration;

/**
 * The duration of the measurements.
 *
 * @param warmUp is not measured, starts with the first trigger
 * @param window is measured after the warm-up, or less if the triggers run out
 * @param openLoop is measured under a fixed load
 * @param triggers the number of triggers with distinct ids; there are four times as many with hot ids
 */
public record Pace(Duration warmUp, Duration window, Duration openLoop, int triggers) {

    /**
     * For reliable figures. On two cores a JVM with hundreds of busy threads compiles for up to 50 s, since its
     * compiler is one thread among them. The triggers are enough for half a minute of warm-up at 400,000 distinct ids
     * per second, or 1.6 million hot ones.
     */
    public static final Pace FULL =
            new Pace(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30), 24_000_000);

    /** For a first impression. */
    public static final Pace QUICK =
            new Pace(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000_000);
}
