package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoublingPauseTest {

    @Test
    void pausesDoubleUpToTheMaximum() {
        DoublingPause pauses = new DoublingPause(Duration.ofMillis(100), Duration.ofMillis(700));
        List<Duration> taken = new ArrayList<>();

        Duration pause = pauses.next(null);
        for (int i = 0; i < 5; i++) {
            taken.add(pause);
            pause = pauses.next(pause);
        }

        assertThat(taken).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 700L, 700L);
    }

    @Test
    void maximumLimitsFirstPauseToo() {
        assertThat(new DoublingPause(Duration.ofSeconds(5), Duration.ofSeconds(1)).next(null))
                .isEqualTo(Duration.ofSeconds(1));
    }
}
