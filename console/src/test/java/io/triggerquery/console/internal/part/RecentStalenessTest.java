package io.triggerquery.console.internal.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentStalenessTest {

    private long now = 1_000_000;
    private final RecentStaleness recent = new RecentStaleness(() -> Instant.ofEpochMilli(now));

    @Test
    void knowsNothingAtFirst() {
        assertThat(recent.percentiles()).isNull();
    }

    @Test
    void returnsPercentiles() {
        for (int millis = 1; millis <= 100; millis++) {
            recent.add(now - millis);
        }

        assertThat(recent.percentiles()).isEqualTo(new RecentStaleness.Percentiles(0.05, 0.099, 100));
    }

    @Test
    void oneStateIsBothPercentiles() {
        recent.add(now - 40);

        assertThat(recent.percentiles()).isEqualTo(new RecentStaleness.Percentiles(0.04, 0.04, 1));
    }

    @Test
    void aSenderWhoseClockIsAheadIsNotStale() {
        recent.add(now + 500);

        assertThat(recent.percentiles()).isEqualTo(new RecentStaleness.Percentiles(0, 0, 1));
    }

    @Test
    void forgetsWhatIsOlderThanFiveMinutes() {
        recent.add(now - 9_000);
        now += Duration.ofMinutes(5).toMillis() + 1;
        assertThat(recent.percentiles()).isNull();

        recent.add(now - 10);
        assertThat(recent.percentiles()).isEqualTo(new RecentStaleness.Percentiles(0.01, 0.01, 1));
    }

    @Test
    void remembersABoundedNumber() {
        for (int i = 0; i < 3 * RecentStaleness.SIZE; i++) {
            recent.add(now - (i < 2 * RecentStaleness.SIZE ? 9_000 : 10));
        }

        assertThat(recent.percentiles()).isEqualTo(new RecentStaleness.Percentiles(0.01, 0.01, RecentStaleness.SIZE));
    }
}
