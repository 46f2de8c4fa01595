package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * An id may be created while its absence is being confirmed, and a replica may not show it yet. An absence therefore
 * settles a trigger only if the source has reported it for the whole grace period after the trigger arrived.
 */
class AbsenceTest {

    private static final Duration GRACE = EngineHarness.PATIENCE.absentGrace();

    private final EngineHarness harness = new EngineHarness();

    private void beginToConfirm() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(GRACE.minusMillis(1));
    }

    @Test
    void newTriggerRestartsGracePeriod() {
        beginToConfirm();
        harness.deliver(P0, 1, "a");
        harness.begin();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(GRACE.minusMillis(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
        harness.timer.advance(Duration.ofMillis(1));
        harness.begin();
        assertThat(believed()).isTrue();
    }

    @Test
    void triggerFromRetryTopicRestartsGracePeriodWithoutAQuery() {
        beginToConfirm();
        RetryHistory history = new RetryHistory(1, Duration.ofSeconds(1), Duration.ZERO);
        harness.deliver(RETRY, 0, new Work.Refresh(EngineHarness.trigger("a", OptionalLong.empty()), history), 1);
        harness.timer.advance(Duration.ofMillis(1));
        harness.begin();
        assertThat(believed()).isFalse();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(GRACE);
        harness.begin();
        assertThat(believed()).isTrue();
    }

    @Test
    void earlyQueryDoesNotRestartGracePeriod() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(GRACE.dividedBy(2));
        harness.engine.ids().retryNow("a");
        harness.begin();
        assertThat(believed()).isFalse();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(GRACE.dividedBy(2));
        harness.begin();
        assertThat(believed()).isTrue();
    }

    private Batch.IdQuery ask() {
        return ((Batch.Refresh) harness.batchOf("a")).queries().get(0);
    }

    private boolean believed() {
        return ask().absenceConfirmed();
    }
}
