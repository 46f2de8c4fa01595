package io.triggerquery.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration CAP = Duration.ofSeconds(30);

    @Test
    void doublesUpToTheCap() {
        Backoff full = new Backoff(CAP, () -> 1.0);

        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 7, 64, Integer.MAX_VALUE)
                        .mapToLong(failures -> full.after(failures).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L);
    }

    @Test
    void jitterTakesUpToHalfAway() {
        assertThat(new Backoff(CAP, () -> 0.0).after(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(new Backoff(CAP, () -> 0.5).after(1)).isEqualTo(Duration.ofMillis(750));
    }
}
