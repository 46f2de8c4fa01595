package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An id that an operator has paused. */
class PausedIdTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineHarness harness = new EngineHarness();

    /** Defers the trigger of a paused id. */
    private void defer(String id) {
        harness.begin();
        assertThat(harness.batchOf(id)).isInstanceOf(Batch.Defer.class);
        harness.succeed(id);
    }

    @Test
    void g1_triggerOfPausedIdIsCommittedWhenDeferred() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, "b");
        harness.begin();
        harness.succeed("b");
        assertThat(harness.committed).isEmpty();
        defer("a");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void g1_triggerFromRetryTopicHoldsItsOffsetUntilPauseEnds() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(RETRY, 0, "a");
        harness.timer.advance(HOUR.minusSeconds(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
        assertThat(harness.committed).isEmpty();
        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        assertThat(harness.batchOf("a")).isInstanceOf(Batch.Refresh.class);
        harness.succeed("a");
        assertThat(harness.committed).containsEntry(RETRY, 1L);
    }

    @Test
    void newTriggerOfWaitingPausedIdIsDeferred() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(RETRY, 0, "a");
        harness.deliver(P0, 0, "a");
        defer("a");
        assertThat(harness.committed).containsEntry(RETRY, 1L).containsEntry(P0, 1L);
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void resumeEndsPauseImmediately() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(RETRY, 0, "a");
        harness.engine.ids().resume("a");
        harness.begin();
        assertThat(harness.batchOf("a")).isInstanceOf(Batch.Refresh.class);
        harness.succeed("a");
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.succeed("a");
        assertThat(harness.deferred).isEmpty();
    }

    @Test
    void pausingBackingOffIdDefersItImmediately() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        harness.engine.ids().pause("a", HOUR);
        defer("a");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void runningRoundCompletesAndItsFailureIsNotRetried() {
        harness.deliver(P0, 0, "good");
        harness.deliver(P0, 1, "bad");
        harness.begin();
        harness.engine.ids().pause("good", HOUR);
        harness.engine.ids().pause("bad", HOUR);
        harness.succeed("good");
        assertThat(harness.committed).containsEntry(P0, 1L);
        harness.fail("bad");
        defer("bad");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void refusedRoundDoesNotRequeuePausedId() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.engine.ids().pause("a", HOUR);
        harness.refuse("a", Duration.ZERO);
        defer("a");
    }

    @Test
    void failedDeferralIsRetriedWithoutQueryingTheSource() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        assertThat(harness.running()).isEmpty();
        harness.timer.advance(Duration.ofSeconds(2));
        defer("a");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void operatorRetryAndResyncDoNotQueryPausedId() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(RETRY, 0, "a");
        harness.engine.ids().retryNow("a");
        harness.begin();
        assertThat(harness.running()).isEmpty();
        harness.engine.request(EngineHarness.trigger("b", OptionalLong.empty()), false);
        harness.engine.ids().pause("b", HOUR);
        defer("b");
        assertThat(harness.engine.requests()).isZero();
    }

    @Test
    void endOfPauseCanBeChanged() {
        harness.engine.ids().pause("a", HOUR);
        harness.deliver(RETRY, 0, "a");
        harness.engine.ids().pause("a", HOUR.multipliedBy(2));
        harness.timer.advance(HOUR.plusMinutes(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
        harness.timer.advance(HOUR);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }
}
