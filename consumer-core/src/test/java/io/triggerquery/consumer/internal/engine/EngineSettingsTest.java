package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {

    private static void isTooLow(String name, Runnable creation) {
        assertThatThrownBy(creation::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name + " must be at least");
    }

    @Test
    void limitBelowMinimumIsRejectedByName() {
        assertThat(new Limits(1, 1, 1, 1, 0).concurrency()).isEqualTo(1);
        isTooLow("concurrency", () -> new Limits(0, 1, 1, 1, 0));
        isTooLow("max-batch", () -> new Limits(1, 0, 1, 1, 0));
        isTooLow("max-pending", () -> new Limits(1, 1, 0, 1, 0));
        isTooLow("max-waiting", () -> new Limits(1, 1, 1, 0, 0));
        isTooLow("remembered-versions", () -> new Limits(1, 1, 1, 1, -1));
        isTooLow("journal-size", () -> new Limits(1, 1, 1, 1, 0, 0, -1));
    }

    @Test
    void withConcurrencyKeepsOtherSettings() {
        var settings = new EngineSettings(new Limits(1, 2, 3, 4, 5, 6, 7), EngineHarness.PATIENCE);
        assertThat(settings.withConcurrency(9))
                .isEqualTo(new EngineSettings(new Limits(9, 2, 3, 4, 5, 6, 7), EngineHarness.PATIENCE));
    }
}
