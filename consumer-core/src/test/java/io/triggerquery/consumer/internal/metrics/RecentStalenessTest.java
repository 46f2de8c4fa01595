package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentStalenessTest {

    private long now = Duration.ofDays(20_000).toMillis();
    private final RecentStaleness recent = new RecentStaleness(() -> Instant.ofEpochMilli(now));

    @Test
    void isUnknownAtFirst() {
        assertThat(recent.counts()).isEmpty();
    }

    @Test
    void countsByUpperBoundsInMilliseconds() {
        for (long millis : new long[] {0, 1, 2, 900, 1_000, 1_024, 1_025, 60_000}) {
            recent.add(now - millis);
        }

        assertThat(recent.counts()).isEqualTo(Map.of(1L, 2L, 2L, 1L, 1_024L, 3L, 1_218L, 1L, 65_536L, 1L));
    }

    @Test
    void boundsAreAtMostAFifthTooHigh() {
        for (long millis = 10; millis < Duration.ofDays(7).toMillis(); millis += 1 + millis / 7) {
            var one = new RecentStaleness(() -> Instant.ofEpochMilli(now));
            one.add(now - millis);

            assertThat(one.counts().keySet().iterator().next()).isBetween(millis, millis + millis / 5);
        }
    }

    @Test
    void futureAndVeryOldTriggersAreInFirstAndLastBucket() {
        recent.add(now + 500);
        recent.add(0);

        assertThat(recent.counts()).isEqualTo(Map.of(1L, 1L, Math.round(Math.pow(2, 119 / 4.0)), 1L));
    }

    @Test
    void manyStatesAreSampled() {
        for (int i = 0; i < 100_000; i++) {
            recent.add(now - (i % 2 == 0 ? 1 : 1_024));
        }

        assertThat(recent.counts()).containsOnlyKeys(1L, 1_024L);
        assertThat(recent.counts().values())
                .allSatisfy(count -> assertThat(count).isCloseTo(50_000L, withinPercentage(15)));
        now += Duration.ofMinutes(1).toMillis();
        recent.counts(); // like each status report
        recent.add(now - 60_000);
        assertThat(recent.counts()).containsEntry(65_536L, 1L);
    }

    @Test
    void forgetsAfterFiveMinutes() {
        recent.add(now - 9_000);
        now += Duration.ofMinutes(4).toMillis();
        recent.add(now - 1);
        assertThat(recent.counts()).hasSize(2);

        now += Duration.ofMinutes(1).toMillis();
        assertThat(recent.counts()).isEqualTo(Map.of(1L, 1L));
        now += Duration.ofDays(1).toMillis();
        assertThat(recent.counts()).isEmpty();
    }
}
