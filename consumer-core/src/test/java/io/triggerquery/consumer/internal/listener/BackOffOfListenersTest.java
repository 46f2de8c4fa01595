package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffOfListenersTest {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final FractionalBackOff backOff = new FractionalBackOff(SHORTEST, LONGEST);

    @Test
    void startsWithShortestPause() {
        assertThat(backOff.pause(Duration.ZERO)).isEqualTo(SHORTEST);
        assertThat(backOff.pause(SHORTEST.multipliedBy(20))).isEqualTo(SHORTEST);
    }

    @Test
    void growsWithFailingTime() {
        assertThat(backOff.pause(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void staysAtLongestPause() {
        assertThat(backOff.pause(Duration.ofDays(36_500))).isEqualTo(LONGEST);
    }

    @Test
    void isRandomizedByHalf() {
        List<Duration> pauses =
                Stream.generate(() -> backOff.after(Duration.ZERO)).limit(1_000).toList();
        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(SHORTEST.dividedBy(2), SHORTEST.plusMillis(500)));
        assertThat(Collections.max(pauses).minus(Collections.min(pauses))).isGreaterThan(SHORTEST.dividedBy(2));
    }
}
