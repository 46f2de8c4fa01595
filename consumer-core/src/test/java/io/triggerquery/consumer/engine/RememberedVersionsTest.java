package io.triggerquery.consumer.engine;

import static io.triggerquery.consumer.engine.EngineHarness.P0;
import static io.triggerquery.consumer.engine.EngineHarness.P1;
import static io.triggerquery.consumer.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A trigger for a version that is applied is settled without a query, if that is all it stands for. */
class RememberedVersionsTest {

    private final EngineHarness harness = new EngineHarness(new Limits(4, 1, 1_000, 500, 100), EngineHarness.PATIENCE);

    @Test
    void aParkedTriggerIsQueriedBecauseItMayStandForOneWithoutAVersion() {
        harness.deliver(P0, 0, "a", 5);
        harness.begin();
        harness.apply("a", 5);
        Past past = new Past(1, Duration.ofSeconds(60), Duration.ZERO);
        harness.deliver(RETRY, 0, new Work.Refresh(EngineHarness.trigger("a", OptionalLong.of(5)), past), 1);
        harness.deliver(P1, 0, "a", 5);
        assertThat(harness.committed).doesNotContainKey(RETRY).containsEntry(P1, 1L);

        harness.timer.advance(EngineHarness.pause(Duration.ofSeconds(60)));
        harness.begin();
        harness.apply("a", 6);
        assertThat(harness.committed).containsEntry(RETRY, 1L);
    }
}
