package io.triggerquery.consumer.internal.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Fresh;
import io.triggerquery.consumer.FreshnessResult.How;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.FreshnessResult.Refused;
import io.triggerquery.consumer.FreshnessResult.TimedOut;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.internal.id.IdRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The results and refusals of {@link Freshness}. */
class AwaitsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final EngineOnDemand engine = new EngineOnDemand();
    private ProjectedVersions projected;
    private boolean running = true;
    private boolean paused;
    private boolean worker;
    private boolean unicode;
    private String outcome = "";

    private Awaits awaits() {
        var listener = new AwaitableListener(
                "bills",
                "bill-changed",
                engine.engine(),
                new IdRule(unicode, Set.of()),
                () -> running,
                () -> paused,
                () -> worker);
        return new Awaits(
                () -> List.of(listener),
                id -> projected,
                new Awaits.Surroundings(
                        engine,
                        () -> engine.now(),
                        (id, result, took) ->
                                outcome = id + " " + result.getClass().getSimpleName()));
    }

    private static void isRefused(CompletableFuture<FreshnessResult> answer, Reason reason) {
        assertThat(answer.join())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void roundMakesProjectionFresh() {
        CompletableFuture<FreshnessResult> answer = awaits().awaitAsync("bills", "a", 7, LONG);
        assertThat(answer).isNotDone();
        engine.answers(7).run();
        assertThat(answer.join()).isEqualTo(new Fresh(How.APPLIED, OptionalLong.of(7)));
        assertThat(outcome).isEqualTo("bills Fresh");
    }

    @Test
    void projectedVersionNeedsNoQuery() {
        projected = ProjectedVersions.of("bills", ids -> Map.of("a", 9L));
        assertThat(awaits().awaitAsync("bills", "a", 7, LONG).join())
                .isEqualTo(new Fresh(How.ALREADY_PROJECTED, OptionalLong.of(9)));
        assertThat(engine.queries()).isZero();
    }

    @Test
    void missingVersionIsQueriedAndTimesOutWithKnownVersion() throws Exception {
        projected = ProjectedVersions.of("bills", ids -> Map.of("a", 6L));
        CompletableFuture<FreshnessResult> answer = awaits().awaitAsync("bills", "a", 7, LONG);
        engine.awaitRequest();
        engine.advance(LONG);
        assertThat(answer.join())
                .isInstanceOfSatisfying(
                        TimedOut.class,
                        timedOut -> assertThat(timedOut.known().version()).hasValue(6));
    }

    @Test
    void unreadableProjectionIsQueried() throws Exception {
        projected = ProjectedVersions.of("bills", ids -> {
            throw new IllegalStateException("down");
        });
        CompletableFuture<FreshnessResult> answer = awaits().awaitAsync("bills", "a", 7, LONG);
        engine.awaitRequest();
        engine.answers(7).run();
        assertThat(answer.join()).isInstanceOf(Fresh.class);
    }

    @Test
    void emptyOrFailingProjectionLookupIsQueried() throws Exception {
        for (ProjectedVersions.Lookup bad : List.<ProjectedVersions.Lookup>of(ids -> null, ids -> {
            throw new NoClassDefFoundError("away");
        })) {
            projected = ProjectedVersions.of("bills", bad);
            CompletableFuture<FreshnessResult> answer = awaits().awaitAsync("bills", "a", 7, LONG);
            engine.awaitRequest();
            engine.answers(7).run();
            assertThat(answer.join()).isInstanceOf(Fresh.class);
        }
    }

    @Test
    void hangingProjectionLookupTimesOut() {
        var hangs = new CountDownLatch(1);
        projected = ProjectedVersions.of("bills", ids -> {
            hangs.await();
            return Map.of();
        });
        CompletableFuture<FreshnessResult> answer = awaits().awaitAsync("bills", "a", 7, LONG);
        engine.advance(LONG);
        assertThat(answer.join()).isInstanceOf(TimedOut.class);
        Awaits awaits = awaits();
        CompletableFuture<FreshnessResult> other = awaits.awaitAsync("bills", "a", 7, LONG);
        awaits.stop();
        isRefused(other, Reason.CLOSED);
        hangs.countDown();
    }

    @Test
    void concurrentLookupsShareOneCall() throws Exception {
        var first = new CountDownLatch(1);
        var calls = new java.util.concurrent.LinkedBlockingQueue<Integer>();
        projected = ProjectedVersions.of("bills", ids -> {
            calls.add(ids.size());
            first.await();
            return Map.of();
        });
        Awaits awaits = awaits();
        awaits.awaitAsync("bills", "first", 7, LONG);
        assertThat(calls.take()).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            awaits.awaitAsync("bills", "id" + i, 7, LONG);
        }
        first.countDown();
        assertThat(calls.take()).isEqualTo(100);
    }

    @Test
    void unknownListenerIsRejectedWithKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> awaits().awaitAsync("billz", "a", LONG))
                .withMessage("There is no trigger listener billz, but bills.");
        var before = new Awaits(
                List::of, id -> null, new Awaits.Surroundings(engine, engine::now, (id, result, took) -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> before.awaitAsync("bills", "a", LONG))
                .withMessageContaining("not been created yet");
    }

    @Test
    void idIsValidatedByListenerRule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> awaits().awaitAsync("bills", "a/b", LONG))
                .withMessageContaining("bills")
                .withMessageContaining("character 1");
        unicode = true;
        assertThat(awaits().awaitAsync("bills", "a/b", LONG)).isNotDone();
    }

    @Test
    void negativeVersionIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> awaits().awaitAsync("bills", "a", -1, LONG))
                .withMessage("The version is -1, but a version is not negative.");
    }

    @Test
    void timeoutMustBePositiveAndAtMostAMinute() {
        for (Duration wrong : List.of(
                Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(365), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> awaits().awaitAsync("bills", "a", wrong))
                    .withMessageContaining("more than zero and at most PT1M");
        }
    }

    @Test
    void awaitInsideListenerMethodIsRejected() {
        worker = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> awaits().await("bills", "a", LONG))
                .withMessageContaining("in the same listener");
    }

    @Test
    void onlyAsyncAwaitIsAllowedInTransaction() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> awaits().await("bills", "a", LONG))
                    .withMessageContaining("transaction");
            assertThat(awaits().awaitAsync("bills", "a", LONG)).isNotDone();
        } finally {
            TransactionSynchronizationManager.clear();
        }
    }

    @Test
    void stoppedOrPausedListenerIsNotQueried() {
        running = false;
        isRefused(awaits().awaitAsync("bills", "a", LONG), Reason.NOT_RUNNING);
        running = true;
        paused = true;
        isRefused(awaits().awaitAsync("bills", "a", LONG), Reason.LISTENER_PAUSED);
        projected = ProjectedVersions.of("bills", ids -> Map.of("a", 9L));
        assertThat(awaits().awaitAsync("bills", "a", 7, LONG).join()).isInstanceOf(Fresh.class);
    }

    @Test
    void stopAnswersAllCallersAndStartAcceptsAgain() {
        Awaits awaits = awaits();
        CompletableFuture<FreshnessResult> answer = awaits.awaitAsync("bills", "a", LONG);
        awaits.stop();
        isRefused(answer, Reason.CLOSED);
        isRefused(awaits.awaitAsync("bills", "a", LONG), Reason.CLOSED);
        awaits.start();
        assertThat(awaits.awaitAsync("bills", "a", LONG)).isNotDone();
    }

    @Test
    void cancelWithdrawsAwait() {
        CompletableFuture<FreshnessResult> answer = awaits().awaitAsync("bills", "a", LONG);
        answer.cancel(false);
        assertThat(engine.engine().find("a").work()).isNull();
        assertThat(engine.pendingActions()).isZero();
    }

    @Test
    void interruptWithdrawsAwait() throws Exception {
        var interrupted = new FutureTask<>(() -> awaits().await("bills", "a", LONG));
        var thread = new Thread(interrupted);
        thread.start();
        engine.awaitRequest();
        thread.interrupt();
        assertThatThrownBy(interrupted::get).hasCauseInstanceOf(InterruptedException.class);
        thread.join();
        assertThat(engine.engine().find("a").work()).isNull();
    }

    @Test
    void applicationCallbackRunsOnSeparateThread() {
        CompletableFuture<String> thread = awaits().awaitAsync("bills", "a", LONG)
                .thenApply(result -> Thread.currentThread().getName());
        engine.answers(1).run();
        assertThat(thread.join()).startsWith("triggerquery-freshness-");
    }
}
