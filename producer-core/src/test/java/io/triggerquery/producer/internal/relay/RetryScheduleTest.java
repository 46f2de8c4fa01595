package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static RetrySchedule schedule(DoubleSupplier random) {
        return new RetrySchedule(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(10)), Duration.ofMinutes(5), 0.2, random);
    }

    @Test
    void returnsPausesInOrderAndThenRepeatsTheLast() {
        RetrySchedule middle = schedule(() -> 0.5);

        assertThat(IntStream.of(1, 2, 3, 64, Integer.MAX_VALUE)
                        .mapToLong(failures -> middle.after(failures).toSeconds()))
                .containsExactly(5L, 10L, 300L, 300L, 300L);
        assertThat(middle.length()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void jitterShortensOrLengthensThePause() {
        assertThat(schedule(() -> 0.0).after(1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(schedule(() -> 0.75).after(1)).isEqualTo(Duration.ofMillis(5_500));
    }

    @Test
    void refusesInvalidSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), Duration.ofMinutes(5), 0.2, () -> 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(), Duration.ofMinutes(5), 1.1, () -> 0));
    }
}
