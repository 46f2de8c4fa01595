package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** G1, G4, G7: an id that fails for long is deferred; its delivery is settled when the broker has confirmed that. */
class DeferralTest {

    private static final Timing PATIENCE =
            new Timing(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10));

    private final EngineHarness harness = new EngineHarness(new Limits(4, 1, 100, 5, 0), PATIENCE);

    private static Work deferred(String id, int failures, Duration failingFor, Duration waited) {
        return new Work.Refresh(
                EngineHarness.trigger(id, OptionalLong.empty()), new RetryHistory(failures, failingFor, waited));
    }

    /** Fails the id until it is deferred. */
    private Batch.Defer failUntilDeferral(String id) {
        harness.begin();
        while (!(harness.batchOf(id) instanceof Batch.Defer)) {
            harness.fail(id);
            if (!harness.running().contains(id)) {
                harness.timer.advance(Duration.ofSeconds(10));
                harness.begin();
            }
        }
        return (Batch.Defer) harness.batchOf(id);
    }

    @Test
    void longFailingIdIsDeferredAndSettledWhenBrokerConfirms() {
        harness.deliver(P0, 0, "bad");
        harness.deliver(P0, 1, "good");
        harness.begin();
        harness.succeed("good");
        Batch.Defer defer = failUntilDeferral("bad");
        assertThat(harness.committed).isEmpty();
        assertThat(defer.triggers().get(0).history().failures()).isEqualTo(2);
        assertThat(defer.triggers().get(0).history().failingFor()).isEqualTo(Duration.ofSeconds(10));

        harness.succeed("bad");
        assertThat(harness.committed).containsEntry(P0, 2L);
        assertThat(harness.deferred).containsExactly("bad 2");
    }

    @Test
    void idThatCannotBeDeferredIsRetriedAndNotSettled() {
        harness.deliver(P0, 0, "bad");
        failUntilDeferral("bad");
        harness.fail("bad");
        assertThat(harness.committed).isEmpty();
        harness.timer.advance(Duration.ofSeconds(5));
        harness.begin();
        assertThat(harness.batchOf("bad")).as("it is queried again").isInstanceOf(Batch.Refresh.class);
        harness.succeed("bad");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void triggerDuringDeferralIsQueried() {
        harness.deliver(P0, 0, "bad");
        failUntilDeferral("bad");
        harness.deliver(P0, 1, "bad");
        harness.succeed("bad");
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.batchOf("bad")).isInstanceOf(Batch.Refresh.class);
    }

    @Test
    void triggerFromRetryTopicKeepsItsPauseAndRetryHistory() {
        harness.deliver(RETRY, 0, deferred("bad", 7, Duration.ofMinutes(1), Duration.ofSeconds(3)), 1);
        harness.begin();
        assertThat(harness.running()).isEmpty();
        assertThat(harness.engine.status(1).waiting()).isEqualTo(1);
        harness.timer.advance(Duration.ofSeconds(4));
        harness.begin();
        harness.fail("bad");
        assertThat(harness.failures).containsExactly("bad 8 0s");
        assertThat(harness.batchOf("bad"))
                .as("it returns to the end of the retry topic")
                .isInstanceOf(Batch.Defer.class);
        harness.succeed("bad");
        assertThat(harness.committed).containsEntry(RETRY, 1L);
    }

    @Test
    void newTriggerEndsBackOffOfDeferredIdAndSettlesBoth() {
        harness.deliver(RETRY, 0, deferred("bad", 7, Duration.ofMinutes(1), Duration.ZERO), 1);
        harness.deliver(P0, 0, "bad");
        harness.begin();
        harness.succeed("bad");
        assertThat(harness.committed).containsEntry(RETRY, 1L).containsEntry(P0, 1L);
        assertThat(harness.engine.status(1).waiting()).isZero();
    }

    @Test
    void triggerFromRetryTopicDoesNotEndBackOff() {
        harness.deliver(P0, 0, "bad");
        harness.begin();
        harness.fail("bad");
        harness.deliver(RETRY, 0, deferred("bad", 7, Duration.ofMinutes(1), Duration.ofHours(1)), 1);
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void failingIdsAreDeferredImmediatelyNearRetryCapacity() {
        for (int i = 0; i < 4; i++) {
            harness.deliver(P0, i, "bad-" + i);
            harness.begin();
            harness.fail("bad-" + i);
        }
        assertThat(harness.paused).as("one more may be read").isEmpty();
        harness.deliver(P0, 4, "bad-4");
        harness.begin();
        harness.fail("bad-4");
        assertThat(harness.batchOf("bad-4")).isInstanceOf(Batch.Defer.class);
        harness.succeed("bad-4");
        harness.deliver(RETRY, 0, deferred("bad-4", 1, Duration.ZERO, Duration.ZERO), 1);
        assertThat(harness.paused).containsExactly(RETRY);
        harness.deliver(P0, 5, "good");
        harness.begin();
        harness.succeed("good");
        assertThat(harness.paused).as("trigger topics are still read").containsExactly(RETRY);

        harness.timer.advance(Duration.ofSeconds(2));
        harness.finishAll();
        assertThat(harness.paused).isEmpty();
        assertThat(harness.committed).containsEntry(P0, 6L);
    }

    @Test
    void triggerFromRetryTopicUsesRetryCapacityAndFollowsLiveTriggers() {
        var one = new EngineHarness(new Limits(1, 1, 100, 5, 0), PATIENCE);
        one.deliver(P1, 0, "busy");
        one.begin();
        for (int i = 0; i < 5; i++) {
            one.deliver(RETRY, i, deferred("deferred-" + i, 0, Duration.ZERO, Duration.ZERO), 1);
        }
        assertThat(one.paused).containsExactly(RETRY);
        one.deliver(P0, 0, "live");
        one.succeed("busy");
        assertThat(one.running()).containsExactly("live");
        one.finishAll();
        assertThat(one.committed).containsEntry(RETRY, 5L);
        assertThat(one.paused).isEmpty();
    }

    @Test
    void successOfFailingIdPermitsTwoEarlyRetriesInOneBatch() {
        var batching = new EngineHarness(new Limits(4, 8, 100, 50, 0), PATIENCE);
        for (int i = 0; i < 4; i++) {
            batching.deliver(P0, i, "bad-" + i);
            batching.begin();
            batching.fail("bad-" + i);
        }
        assertThat(batching.engine.ids().retryNow("bad-3")).isTrue();
        batching.begin();
        batching.succeed("bad-3");
        assertThat(batching.together("bad-0")).containsExactly("bad-0", "bad-1");
        assertThat(batching.running()).as("the last one waits").doesNotContain("bad-2");
        batching.succeed("bad-0");
        assertThat(batching.running()).containsExactly("bad-2");
    }

    @Test
    void permanentFailureIsDeadLetteredWithItsReason() {
        harness.deliver(P0, 0, "never");
        harness.begin();
        harness.fail("never", FailureKind.PERMANENT);
        assertThat(harness.committed).isEmpty();
        assertThat(harness.batchOf("never")).isInstanceOf(Batch.DeadLetterTrigger.class);
        harness.succeed("never");
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.deadLettered).containsExactly("never: as scripted");
    }

    @Test
    void triggerDuringPermanentFailureIsQueriedFirst() {
        harness.deliver(P0, 0, "never");
        harness.begin();
        harness.deliver(P0, 1, "never");
        harness.fail("never", FailureKind.PERMANENT);
        assertThat(harness.batchOf("never")).isInstanceOf(Batch.Refresh.class);
        harness.fail("never", FailureKind.PERMANENT);
        assertThat(harness.batchOf("never")).isInstanceOf(Batch.DeadLetterTrigger.class);
        harness.succeed("never");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void nextTriggerOfDeferredIdIsQueriedAlone() {
        var batching = new EngineHarness(new Limits(1, 8, 100, 50, 0), PATIENCE);
        batching.deliver(P0, 0, "bad");
        batching.begin();
        batching.fail("bad");
        batching.timer.advance(Duration.ofSeconds(10));
        batching.begin();
        batching.fail("bad");
        batching.succeed("bad");
        assertThat(batching.deferred).hasSize(1);
        batching.deliver(P1, 0, "busy");
        batching.begin();
        batching.deliver(P0, 1, "bad");
        batching.deliver(P0, 2, "good");
        batching.succeed("busy");
        assertThat(batching.running()).containsExactly("good");
        batching.succeed("good");
        batching.succeed("bad");
        batching.deliver(P1, 1, "busy");
        batching.begin();
        batching.deliver(P0, 3, "bad");
        batching.deliver(P0, 4, "good");
        batching.succeed("busy");
        assertThat(batching.together("bad")).as("healed").containsExactly("bad", "good");
    }

    @Test
    void operatorCanEndBackOffAndRequestId() {
        harness.deliver(P0, 0, "bad");
        harness.begin();
        harness.fail("bad");
        assertThat(harness.engine.ids().retryNow("bad")).isTrue();
        assertThat(harness.engine.ids().retryNow("other")).isFalse();
        harness.begin();
        harness.succeed("bad");
        harness.engine.request(EngineHarness.trigger("other", OptionalLong.empty()), true);
        assertThat(harness.engine.requests()).isEqualTo(1);
        harness.finishAll();
        assertThat(harness.engine.requests()).isZero();
        assertThat(harness.engine.pending()).isZero();
    }
}
