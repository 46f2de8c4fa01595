package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Fresh;
import io.triggerquery.consumer.FreshnessResult.How;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.FreshnessResult.Refused;
import io.triggerquery.consumer.FreshnessResult.State;
import io.triggerquery.consumer.FreshnessResult.TimedOut;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An awaited id goes first and is queried once more; its callers are answered within their timeouts. */
class FreshReadsTest {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private EngineHarness harness = new EngineHarness();
    private final List<FreshnessResult> answers = new ArrayList<>();

    private Runnable await(String id, OptionalLong version, Duration timeout) {
        Runnable leave = call(id, version, timeout);
        harness.begin();
        return leave;
    }

    private Runnable call(String id, OptionalLong version, Duration timeout) {
        return harness.engine
                .freshReads()
                .await(EngineHarness.trigger(id, OptionalLong.empty()), version, timeout, answers::add);
    }

    private static OptionalLong version(long version) {
        return OptionalLong.of(version);
    }

    private void advance(Duration by) {
        harness.timer.advance(by);
        harness.begin();
    }

    private void isRefused(Reason reason) {
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private void nothingIsLeft() {
        assertThat(harness.engine.freshReads().isActive()).isFalse();
        assertThat(harness.engine.find("a").work()).isNull();
        assertThat(harness.timer.pending()).isZero();
    }

    @Test
    void idWithoutTriggersIsQueriedOnceWithoutACommit() {
        await("a", version(3), SECOND);
        harness.apply("a", 3);
        assertThat(answers).containsExactly(new Fresh(How.APPLIED, version(3)));
        assertThat(harness.running()).isEmpty();
        assertThat(harness.committed).isEmpty();
        nothingIsLeft();
    }

    @Test
    void callersOfOneIdShareOneQuery() {
        for (int i = 0; i < 100; i++) {
            call("a", i % 2 == 0 ? ANY : version(3), SECOND);
        }
        harness.begin();
        harness.apply("a", 3);
        assertThat(answers).hasSize(100).allMatch(FreshnessResult::isFresh);
        assertThat(harness.running()).isEmpty();
        nothingIsLeft();
    }

    @Test
    void runningRoundDoesNotAnswerCallWithoutVersion() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        await("a", ANY, SECOND);
        await("a", ANY, SECOND);
        harness.apply("a", 3);
        assertThat(answers).isEmpty();
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.running()).as("exactly one more").containsExactly("a");
        harness.apply("a", 3);
        assertThat(answers).hasSize(2).allMatch(FreshnessResult::isFresh);
        assertThat(harness.running()).isEmpty();
        nothingIsLeft();
    }

    @Test
    void runningRoundAnswersCallIfItHasTheVersion() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        await("a", version(3), SECOND);
        await("a", version(4), SECOND);
        harness.apply("a", 3);
        assertThat(answers).containsExactly(new Fresh(How.APPLIED, version(3)));
        assertThat(harness.running()).as("exactly one more, at once").containsExactly("a");
        harness.apply("a", 4);
        assertThat(answers).hasSize(2);
        nothingIsLeft();
    }

    @Test
    void missingVersionIsQueriedAtGrowingIntervalsUntilTimeout() {
        harness.deliver(P0, 0, "a", 3);
        await("a", version(4), Duration.ofSeconds(10));
        int rounds = 0;
        for (int millis = 0; millis < 10_000; millis += 50) {
            while (harness.running().contains("a")) {
                rounds++;
                harness.apply("a", 3);
            }
            advance(Duration.ofMillis(50));
        }
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(rounds).isBetween(5, 10);
        assertThat(answers).singleElement().isInstanceOfSatisfying(TimedOut.class, timedOut -> {
            assertThat(timedOut.known().version()).hasValue(3);
            assertThat(timedOut.known().state()).isEqualTo(State.STALE);
        });
        nothingIsLeft();
    }

    @Test
    void callersInRetryLoopCauseOneRoundAtATime() {
        int rounds = 0;
        for (int i = 0; i < 1_000; i++) {
            await("a", version(4), Duration.ofMillis(150));
            if (harness.running().contains("a")) {
                rounds++;
                harness.apply("a", 3);
            }
            advance(Duration.ofMillis(1));
        }
        assertThat(rounds).isLessThan(15);
    }

    @Test
    void absenceIsFreshWhenProjected() {
        await("a", ANY, Duration.ofSeconds(10));
        harness.end("a", new Outcome.Unconfirmed());
        assertThat(answers).isEmpty();
        advance(EngineHarness.PATIENCE.absentGrace());
        harness.end("a", new Outcome.Applied(ANY, true));
        assertThat(answers).containsExactly(new Fresh(How.ABSENT, ANY));
        nothingIsLeft();
    }

    @Test
    void absenceReportedBeforeCallIsConfirmedAgain() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.end("a", new Outcome.Unconfirmed());
        advance(EngineHarness.PATIENCE.absentGrace().minusMillis(1));
        await("a", ANY, Duration.ofSeconds(10));
        harness.end("a", new Outcome.Applied(ANY, true)); // the creation may not be visible yet
        assertThat(answers).isEmpty();
        assertThat(harness.running()).containsExactly("a");
        harness.apply("a", 1);
        assertThat(answers).containsExactly(new Fresh(How.APPLIED, version(1)));
    }

    @Test
    void sourceWithoutVersionsIsNotComparable() {
        await("a", version(4), SECOND);
        harness.succeed("a");
        isRefused(Reason.NOT_COMPARABLE);
        nothingIsLeft();
    }

    @Test
    void failureIsRetriedWithinTimeout() {
        await("a", ANY, Duration.ofSeconds(3));
        harness.fail("a");
        assertThat(answers).isEmpty();
        advance(SECOND);
        harness.apply("a", 1);
        assertThat(answers).singleElement().isInstanceOf(Fresh.class);
        nothingIsLeft();
    }

    @Test
    void failureWithoutRetryBeforeTimeoutIsAnsweredImmediately() {
        await("a", ANY, Duration.ofMillis(900));
        harness.fail("a");
        isRefused(Reason.FAILING);
        Refused refused = (Refused) answers.get(0);
        assertThat(refused.known().lastFailure().orElseThrow()).contains("as scripted");
        assertThat(refused.known().nextTryIn()).contains(SECOND);
        nothingIsLeft();
    }

    @Test
    void permanentFailureWithoutTriggerIsAnsweredAndNotDeadLettered() {
        await("a", ANY, SECOND);
        harness.fail("a", FailureKind.PERMANENT);
        isRefused(Reason.FAILED);
        assertThat(harness.running()).isEmpty();
        nothingIsLeft();
    }

    @Test
    void callersEndBackOffOncePerSecond() {
        harness = new EngineHarness(new Limits(4, 1, 1_000, 500, 0), EngineHarness.PATIENCE);
        harness.deliver(P0, 0, "a");
        harness.begin();
        for (int i = 0; i < 60; i++) {
            if (harness.running().contains("a")) {
                harness.fail("a");
            }
            advance(SECOND); // the back-off grows to several seconds
        }
        int rounds = 0;
        for (int millis = 0; millis < 10_000; millis += 50) {
            await("a", ANY, Duration.ofSeconds(30));
            if (harness.running().contains("a")) {
                rounds++;
                harness.fail("a");
            }
            advance(Duration.ofMillis(50));
        }
        assertThat(rounds).isBetween(9, 12);
    }

    @Test
    void pausedIdIsRefusedAndPauseAnswersWaitingCallers() {
        harness.engine.ids().pause("b", SECOND);
        await("b", ANY, Duration.ofSeconds(10));
        isRefused(Reason.ID_PAUSED);
        answers.clear();
        await("a", ANY, Duration.ofSeconds(10));
        harness.fail("a");
        harness.engine.ids().pause("a", SECOND);
        isRefused(Reason.ID_PAUSED);
        harness.begin();
        assertThat(harness.running()).as("nothing is deferred").isEmpty();
    }

    @Test
    void callersAreRefusedWhileSourceIsNotQueried() {
        await("a", ANY, Duration.ofSeconds(5));
        harness.refuse("a", Duration.ofSeconds(3));
        await("b", ANY, SECOND);
        isRefused(Reason.SOURCE_UNAVAILABLE);
        advance(Duration.ofSeconds(3));
        harness.apply("a", 1);
        assertThat(answers).hasSize(2).element(1).isInstanceOf(Fresh.class);
    }

    @Test
    void cancelledCallLeavesNoWork() {
        harness = new EngineHarness(1, 1_000);
        harness.deliver(P0, 0, "b");
        harness.begin();
        await("a", ANY, SECOND).run();
        nothingIsLeft();
        harness.succeed("b");
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void revocationDropsTriggerAndKeepsCaller() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        await("a", ANY, SECOND);
        harness.engine.fence(CONSUMER, List.of(P0));
        harness.apply("a", 1);
        assertThat(harness.running()).containsExactly("a");
        harness.apply("a", 1);
        assertThat(answers).hasSize(1);
        assertThat(harness.committed).isEmpty();
        nothingIsLeft();
    }

    @Test
    void awaitedIdsGoFirstAtMostEveryOtherRound() {
        harness = new EngineHarness(1, 1_000);
        harness.deliver(P0, 0, "running");
        harness.begin();
        for (int i = 0; i < 10; i++) {
            harness.deliver(P0, 1 + i, "live" + i);
            await("awaited" + i, ANY, SECOND);
        }
        List<String> order = new ArrayList<>();
        while (!harness.running().isEmpty()) {
            String id = harness.running().get(0);
            order.add(id);
            harness.apply(id, 1);
        }
        assertThat(order)
                .startsWith("running", "awaited0", "live0", "awaited1", "live1")
                .hasSize(21);
    }

    @Test
    void idsAndCallersBeyondLimitsAreRefusedWithoutPausing() {
        harness = new EngineHarness(1, 10);
        for (int i = 0; i < FreshReads.MAX_IDS; i++) {
            await("id" + i, ANY, SECOND);
        }
        assertThat(answers).isEmpty();
        await("a", ANY, SECOND);
        isRefused(Reason.TOO_MANY);
        for (int i = FreshReads.MAX_IDS; i < FreshReads.MAX_CALLERS; i++) {
            await("id0", ANY, SECOND);
        }
        await("id0", ANY, SECOND);
        assertThat(answers).hasSize(2);
        assertThat(harness.engine.pending()).isZero();
        assertThat(harness.paused).isEmpty();
        advance(SECOND);
        assertThat(answers).hasSize(FreshReads.MAX_CALLERS + 2);
    }

    @Test
    void settleDelayAppliesOnlyToCallsWithoutVersion() {
        Timing timing = new Timing(SECOND, Duration.ZERO, SECOND, Duration.ofDays(1));
        harness = new EngineHarness(new Limits(4, 1, 1_000, 500, 0), timing);
        await("a", ANY, Duration.ofSeconds(5));
        assertThat(harness.running()).isEmpty();
        await("a", version(2), Duration.ofSeconds(5));
        assertThat(harness.running()).isEmpty();
        await("b", version(2), Duration.ofSeconds(5));
        assertThat(harness.running()).containsExactly("b");
        harness.apply("b", 2);
        advance(SECOND);
        harness.apply("a", 2);
        assertThat(answers).hasSize(3).allMatch(FreshnessResult::isFresh);
    }

    @Test
    void closingAnswersAllCallersUntilReopened() {
        await("a", ANY, SECOND);
        harness.engine.freshReads().close(true);
        isRefused(Reason.CLOSED);
        await("b", ANY, SECOND);
        assertThat(answers).hasSize(2);
        harness.engine.freshReads().close(false);
        await("b", ANY, SECOND);
        harness.apply("b", 1);
        assertThat(answers).hasSize(3);
    }
}
