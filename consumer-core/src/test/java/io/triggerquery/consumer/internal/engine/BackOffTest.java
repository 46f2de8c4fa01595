package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A new trigger ends a back-off; nothing else does. */
class BackOffTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final EngineHarness patient =
            new EngineHarness(new Limits(2, 1, 1_000, 500, 0), new Timing(Duration.ofSeconds(5), DAY, DAY, DAY));

    @Test
    void triggerWithinSettleDelayDoesNotCauseImmediateRetry() {
        patient.deliver(P0, 0, "a");
        patient.timer.advance(Duration.ofSeconds(4));
        patient.deliver(P1, 0, "a");
        patient.timer.advance(Duration.ofSeconds(1));
        patient.begin();
        patient.fail("a");
        assertThat(patient.running()).isEmpty();
        patient.timer.advance(Duration.ofSeconds(1));
        patient.begin();
        patient.fail("a");
        assertThat(patient.failures).containsExactly("a 1 1s", "a 2 1s");
    }

    @Test
    void triggerDuringFailingRoundIsRetriedOnceImmediately() {
        patient.deliver(P0, 0, "a");
        patient.timer.advance(Duration.ofSeconds(5));
        patient.begin();
        patient.deliver(P1, 0, "a");
        patient.fail("a");
        assertThat(patient.running()).containsExactly("a");
        patient.fail("a");
        assertThat(patient.running()).isEmpty();
        assertThat(patient.failures).containsExactly("a 1 0s", "a 2 1s");
    }
}
