package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.PATIENCE;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A failure that hits every id suspends the listener, whatever its kind; single failing ids do not. */
class SuspensionTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private EngineHarness harness = new EngineHarness(new Limits(8, 1, 100_000, 50_000, 0), PATIENCE);
    private long offset;
    private int calls;

    private void deliver(int count, String prefix) {
        for (int i = 0; i < count; i++) {
            harness.deliver(P0, offset++, prefix + i);
        }
        harness.begin();
    }

    /** Ends all rounds until none runs. Only ids with the prefix "good" succeed. */
    private void endAll(FailureKind kind) {
        harness.begin();
        while (!harness.running().isEmpty()) {
            String id = harness.running().get(0);
            calls++;
            if (id.startsWith("good") || harness.batchOf(id) instanceof Batch.Defer) {
                harness.succeed(id);
            } else {
                harness.fail(id, kind);
            }
        }
    }

    private void pass(Duration time, FailureKind kind) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMillis(50)) {
            harness.timer.advance(Duration.ofMillis(50));
            endAll(kind);
        }
    }

    @Test
    void totalFailureCostsFewCallsAndCountsNoFailures() {
        deliver(5_000, "bad");
        endAll(FailureKind.RETRYABLE);
        pass(Duration.ofSeconds(30), FailureKind.RETRYABLE);
        assertThat(calls).isLessThanOrEqualTo(8 + 20 + 40);
        assertThat(harness.suspensions).as("reported once").containsExactly("20 as scripted");
        assertThat(harness.deferred).isEmpty();
        assertThat(harness.engine.status(10).stuck()).isEmpty();
        assertThat(harness.engine.status(0).suspended().cause()).hasMessage("as scripted");
    }

    @Test
    void everythingIsAppliedWithinSecondsAfterCauseEnds() {
        deliver(5_000, "bad");
        endAll(FailureKind.RETRYABLE);
        pass(Duration.ofSeconds(30), FailureKind.RETRYABLE);
        harness.timer.advance(SECOND);
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 5_000L);
        assertThat(harness.suspensions).containsExactly("20 as scripted", "resumed");
        assertThat(harness.engine.status(0).suspended()).isNull();
    }

    @Test
    void probeHasOneIdAndLaterBatchesGrow() {
        harness = new EngineHarness(new Limits(4, 100, 100_000, 50_000, 0), PATIENCE);
        deliver(2_000, "id");
        for (int round = 0; round < 5; round++) {
            String id = harness.running().get(0);
            int size = harness.together(id).size();
            harness.end(
                    id,
                    new Outcome.Split(
                            (size + 4) / 5, new IllegalStateException("504"), FailureKind.UNAVAILABLE, false));
        }
        assertThat(harness.suspensions).hasSize(1);
        while (!harness.running().isEmpty()) {
            harness.end(harness.running().get(0), new Outcome.Refused(Duration.ZERO));
        }
        harness.timer.advance(Duration.ofMillis(100));
        harness.begin();
        assertThat(harness.running()).hasSize(1);
        harness.succeed(harness.running().get(0));
        assertThat(harness.together(harness.running().get(0))).hasSize(2);
    }

    @Test
    void nextProbeIsAnIdThatHasNotFailed() {
        deliver(30, "bad");
        endAll(FailureKind.RETRYABLE);
        pass(Duration.ofSeconds(5), FailureKind.RETRYABLE);
        deliver(1, "good");
        pass(SECOND, FailureKind.RETRYABLE);
        assertThat(harness.committed).as("the good id waits at most a second").isEmpty();
        assertThat(harness.suspensions).contains("resumed");
    }

    @Test
    void wrongSuspensionRequiresMoreEvidenceNextTime() {
        harness = new EngineHarness(
                new Limits(8, 1, 100_000, 50_000, 0),
                new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1)));
        deliver(30, "bad");
        endAll(FailureKind.RETRYABLE);
        for (int second = 0; second < 90; second++) {
            deliver(1, "good" + second + "-");
            pass(SECOND, FailureKind.RETRYABLE);
        }
        assertThat(harness.deferred).hasSize(30);
        assertThat(harness.committed).containsEntry(P0, offset);
    }

    /** If nothing succeeds, bad ids look like a failure that hits every id, until an operator triggers a good one. */
    @Test
    void goodIdTriggeredByOperatorLetsBadIdsBeDeferred() {
        harness = new EngineHarness(
                new Limits(8, 1, 100_000, 50_000, 0),
                new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1)));
        deliver(30, "bad");
        endAll(FailureKind.RETRYABLE);
        pass(Duration.ofMinutes(10), FailureKind.RETRYABLE);
        assertThat(harness.deferred)
                .as("nothing is deferred while it is suspended")
                .isEmpty();
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.status(0).suspended()).isNotNull();

        harness.engine.request(EngineHarness.trigger("good", OptionalLong.empty()), true);
        pass(SECOND, FailureKind.RETRYABLE);
        assertThat(harness.engine.status(0).suspended()).isNull();
        pass(Duration.ofMinutes(2), FailureKind.RETRYABLE);
        assertThat(harness.deferred).hasSize(30);
        assertThat(harness.committed).containsEntry(P0, 30L);
        assertThat(harness.suspensions).containsExactly("20 as scripted", "resumed");
    }

    @Test
    void fewFailingIdsDoNotSuspend() {
        deliver(15, "bad");
        endAll(FailureKind.RETRYABLE);
        pass(Duration.ofSeconds(60), FailureKind.RETRYABLE);
        assertThat(harness.suspensions).isEmpty();
        assertThat(harness.failures).hasSizeGreaterThan(100);
    }

    /** As when a table is dropped on a quiet topic: its parts are rounds, but bring no other ids. */
    @Test
    void singleBatchSuspendsIfEachIdFails() {
        harness = new EngineHarness(new Limits(4, 100, 100_000, 50_000, 0), PATIENCE);
        deliver(100, "bad");
        endAllSplitting();
        for (int second = 0; second < 60; second++) {
            harness.timer.advance(SECOND);
            endAllSplitting();
        }
        assertThat(harness.suspensions).containsExactly("100 as scripted");
        assertThat(calls).isLessThan(100);
    }

    @Test
    void fewFailingIdsOfABatchDoNotSuspend() {
        harness = new EngineHarness(new Limits(1, 100, 100_000, 50_000, 0), PATIENCE);
        deliver(19, "bad");
        deliver(81, "good");
        endAllSplitting();
        assertThat(harness.suspensions).isEmpty();
        assertThat(harness.failures).hasSize(19);
    }

    private void endAllSplitting() {
        var cause = new IllegalStateException("as scripted");
        harness.begin();
        while (!harness.running().isEmpty()) {
            String id = harness.running().get(0);
            List<String> ids = harness.together(id);
            calls++;
            if (ids.stream().allMatch(one -> one.startsWith("good"))) {
                harness.succeed(id);
            } else if (ids.size() == 1) {
                harness.fail(id);
            } else {
                harness.end(id, new Outcome.Split((ids.size() + 4) / 5, cause, FailureKind.RETRYABLE, true));
            }
        }
    }

    @Test
    void earlierFailingIdsAreNoEvidence() {
        for (int i = 0; i < 40; i++) {
            var history = new RetryHistory(3, Duration.ofMinutes(2), Duration.ofMinutes(2));
            harness.deliver(
                    RETRY, i, new Work.Refresh(EngineHarness.trigger("bad" + i, OptionalLong.empty()), history), 1);
        }
        pass(SECOND, FailureKind.RETRYABLE);
        assertThat(harness.failures).hasSizeGreaterThanOrEqualTo(40);
        assertThat(harness.suspensions).isEmpty();
    }

    @Test
    void suspendedListenerReadsRetryTopicOnlyIfNothingElseIsLeft() {
        deliver(30, "bad");
        endAll(FailureKind.RETRYABLE);
        assertThat(harness.suspensions).hasSize(1);
        assertThat(harness.paused).containsExactly(RETRY);
        harness.engine.release(EngineHarness.CONSUMER, List.of(P0));
        harness.engine.fence(EngineHarness.CONSUMER, List.of(P0));
        assertThat(harness.paused).as("nothing is left to probe with").isEmpty();
    }

    @Test
    void unavailableDatabasePausesReading() {
        deliver(30, "id");
        for (int round = 0; round < 3; round++) {
            harness.end(
                    harness.running().get(0),
                    new Outcome.Failed(new IllegalStateException("away"), FailureKind.UNAVAILABLE, true));
        }
        assertThat(harness.paused).contains(P0, P1, RETRY);
        assertThat(harness.suspensions).hasSize(1);
        assertThat(harness.engine.status(5).stuck())
                .as("the first failures do not count")
                .isEmpty();
    }

    @Test
    void readingContinuesPastManyAbsencesUntilAStateIsFound() {
        deliver(30, "gone");
        for (int round = 0; round < 3; round++) {
            harness.end(
                    harness.running().get(0),
                    new Outcome.Failed(new MassAbsenceException("gone0", 100), FailureKind.UNAVAILABLE, true));
        }
        assertThat(harness.suspensions).hasSize(1);
        assertThat(harness.paused).containsExactly(RETRY);
        endAll(FailureKind.UNAVAILABLE);
        deliver(1, "good");
        harness.timer.advance(SECOND);
        harness.begin();
        harness.succeed("good0");
        assertThat(harness.suspensions).contains("resumed");
    }

    @Test
    void liveIdsBehindRejectedBurstAreReachedEarly() {
        harness = new EngineHarness(new Limits(8, 1, 1_000, 500, 0), PATIENCE);
        int behind = 0;
        for (int i = 0; i < 4_000 || behind == 0; i++) {
            harness.deliver(P0, offset++, i < 4_000 ? "bad" + i : "good" + behind++);
            endAllWhilePaused();
        }
        pass(Duration.ofSeconds(1), FailureKind.REJECTED);
        assertThat(harness.suspensions).contains("resumed");
        assertThat(harness.engine.status(0).pending()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void firstIdsOfRejectedBurstAreDeferredWithoutAQuery() {
        harness = new EngineHarness(new Limits(8, 1, 100, 50, 0), PATIENCE);
        for (int i = 0; i < 100; i++) {
            var trigger = new Trigger("triggers", "bad" + i, OptionalLong.empty(), Instant.ofEpochSecond(1_000 - i));
            harness.deliver(P0, offset++, new Work.Refresh(trigger, RetryHistory.NONE), 1);
        }
        endAllWhilePaused();
        assertThat(harness.deferred).contains("bad99 0").allMatch(id -> id.endsWith(" 0"));
        assertThat(harness.deferred).as("sent last").noneMatch(id -> id.startsWith("bad30 "));
    }

    private void endAllWhilePaused() {
        for (int i = 0; harness.paused.contains(P0) && i < 100; i++) {
            pass(Duration.ofMillis(100), FailureKind.REJECTED);
        }
    }

    @Test
    void idsFailingOtherwiseAreDeferredUnqueriedAfterAMinute() {
        harness = new EngineHarness(new Limits(8, 1, 100, 50, 0), PATIENCE);
        deliver(100, "bad");
        endAll(FailureKind.RETRYABLE);
        pass(Duration.ofSeconds(55), FailureKind.RETRYABLE);
        assertThat(harness.paused).contains(P0);
        assertThat(harness.deferred).isEmpty();
        pass(Duration.ofSeconds(10), FailureKind.RETRYABLE);
        assertThat(harness.deferred).isNotEmpty();
        assertThat(harness.paused).as("reads on").doesNotContain(P0);
    }

    @Test
    void nothingIsDeferredWhileDatabaseIsUnavailable() {
        harness = new EngineHarness(new Limits(8, 1, 100, 50, 0), PATIENCE);
        deliver(100, "id");
        for (int minute = 0; minute < 60; minute++) {
            while (!harness.running().isEmpty()) {
                harness.end(
                        harness.running().get(0),
                        new Outcome.Failed(new IllegalStateException("away"), FailureKind.UNAVAILABLE, true));
            }
            harness.timer.advance(Duration.ofMinutes(1));
            harness.begin();
        }
        assertThat(harness.deferred).isEmpty();
    }

    @Test
    void failingIdsAreDeferredImmediatelyAtPendingLimit() {
        harness = new EngineHarness(new Limits(8, 1, 100, 1_000, 0), PATIENCE);
        for (int i = 0; i < 60; i++) {
            deliver(1, "good" + i + "-");
            deliver(1, "bad" + i + "-");
            endAll(FailureKind.RETRYABLE);
        }
        assertThat(harness.deferred).isEmpty();
        for (int i = 60; i < 120; i++) {
            deliver(1, "good" + i + "-");
            deliver(1, "bad" + i + "-");
            endAll(FailureKind.RETRYABLE);
        }
        assertThat(harness.deferred).hasSizeGreaterThan(50);
        assertThat(harness.paused).isEmpty();
    }

    @Test
    void idThatCannotBeDeferredIsQueriedInsteadOfSentAgain() {
        harness = new EngineHarness(new Limits(8, 1, 100, 99, 0), PATIENCE);
        for (int i = 0; i < 100; i++) {
            deliver(1, "good" + i + "-");
            deliver(1, "bad" + i + "-");
            failAllButGoodOnes();
        }
        calls = 0;
        for (int i = 0; i < 30; i++) {
            harness.timer.advance(Duration.ofMillis(100));
            harness.begin();
            failAllButGoodOnes();
        }
        assertThat(calls).isGreaterThanOrEqualTo(20);
        assertThat(harness.deferred).isEmpty();
    }

    /** Fails all ids but the good ones, and all writes to the retry topic. */
    private void failAllButGoodOnes() {
        while (!harness.running().isEmpty()) {
            String id = harness.running().get(0);
            calls += harness.batchOf(id) instanceof Batch.Defer ? 0 : 1;
            if (id.startsWith("good")) {
                harness.succeed(id);
            } else {
                harness.fail(id);
            }
        }
    }

    @Test
    void deferredTriggersAreSentTogether() {
        harness = new EngineHarness(
                new Limits(8, 1, 10_000, 5_000, 0),
                new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        deliver(10, "bad");
        int sends = 0;
        while (!harness.running().isEmpty()) {
            String id = harness.running().get(0);
            if (harness.batchOf(id) instanceof Batch.Defer) {
                sends++;
                harness.succeed(id);
            } else {
                harness.fail(id);
            }
        }
        assertThat(harness.deferred).hasSize(10);
        assertThat(sends).isLessThan(10);
    }
}
