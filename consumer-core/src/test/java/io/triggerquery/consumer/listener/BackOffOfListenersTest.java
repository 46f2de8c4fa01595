package io.triggerquery.consumer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.engine.BackOff;
import io.triggerquery.consumer.engine.EngineSettings;
import io.triggerquery.consumer.engine.EngineSettings.Limits;
import io.triggerquery.consumer.engine.EngineSettings.Patience;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackOffOfListenersTest {

    private static final Duration MAX = Duration.ofMinutes(5);

    private final BackOff backOff = new ListenerSettings(
                    new EngineSettings(
                            new Limits(1, 1, 10, 5, 0),
                            new Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO)),
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    MAX,
                    Map.of())
            .backOff();

    @Test
    void doublesFromTheFirstPauseSpreadByHalf() {
        assertThat(backOff.after(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
        assertThat(backOff.after(4)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
    }

    @Test
    void staysAtTheLongestPauseHoweverOftenItHasFailed() {
        assertThat(backOff.after(100)).isBetween(MAX.dividedBy(2), MAX);
        assertThat(backOff.after(Integer.MAX_VALUE)).isBetween(MAX.dividedBy(2), MAX);
    }
}
