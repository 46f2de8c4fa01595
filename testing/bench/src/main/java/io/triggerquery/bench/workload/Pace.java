package io.triggerquery.bench.workload;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp left out, from the first trigger on
 * @param window measured after that, or less if a peer runs out of triggers
 * @param openLoop measured under a fixed load
 * @param triggers how many of them with distinct ids; for hot ids four times as many
 */
public record Pace(Duration warmUp, Duration window, Duration openLoop, int triggers) {

    /**
     * For figures to rely on. On two cores a JVM with hundreds of busy threads goes on compiling for up to 50 s: its
     * compiler is one thread among them. The triggers last for half a minute of warm-up at 400,000 distinct ids a
     * second, or 1.6 million hot ones.
     */
    public static final Pace FULL =
            new Pace(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30), 24_000_000);

    /** For a first look. */
    public static final Pace QUICK =
            new Pace(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000_000);
}
