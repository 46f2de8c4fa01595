package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void countsDistinctIdsAndAllStates() {
        var progress = new Progress(200, null);
        progress.projected(0);
        progress.projected(63);
        progress.projected(64);
        progress.projected(200);
        progress.projected(64);

        assertThat(progress.applied()).isEqualTo(4);
        assertThat(progress.projections()).isEqualTo(5);
        assertThat(progress.toFresh().getTotalCount()).isZero();
    }

    @Test
    void addsTriggersThatAreCountedElsewhere() {
        var progress = new Progress(1, null);
        progress.settled(2);
        progress.settledElsewhere(() -> 40);

        assertThat(progress.settled()).isEqualTo(42);
    }

    @Test
    void timeToFreshIsMeasuredOnceFromTheIntendedTime() {
        long minuteAgo = Progress.nowNanos() - Duration.ofMinutes(1).toNanos();
        var progress =
                new Progress(2, new OpenLoop(minuteAgo, Duration.ofSeconds(15).toNanos(), 1));
        progress.projected(0);
        progress.projected(2);
        progress.projected(2);

        assertThat(progress.toFresh().getTotalCount()).isEqualTo(1);
        assertThat(progress.toFresh().getMaxValue())
                .isBetween(
                        Duration.ofSeconds(29).toNanos() / 1_000,
                        Duration.ofSeconds(59).toNanos() / 1_000);
    }

    @Test
    void triggerBeforeItsTimeIsNotLate() {
        var openLoop = new OpenLoop(1_000_000, 500_000, 0);

        assertThat(openLoop.microsSince(4, 3_250_000)).isEqualTo(250);
        assertThat(openLoop.microsSince(4, 2_000_000)).isZero();
    }
}
