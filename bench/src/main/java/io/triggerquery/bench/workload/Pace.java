package io.triggerquery.bench.workload;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp left out, from the first trigger on
 * @param window measured after that, or less if a peer runs out of triggers
 * @param openLoop measured under a fixed load
 * @param triggers how many of them with distinct ids; for hot ids twice as many
 */
public record Pace(Duration warmUp, Duration window, Duration openLoop, int triggers) {

    /** For figures to rely on. */
    public static final Pace FULL =
            new Pace(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 2_000_000);

    /** For a first look. */
    public static final Pace QUICK =
            new Pace(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000_000);
}
