package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.IdState.Step;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final int WRITERS = 4;
    private static final int ROUNDS = 50_000;
    private static final Outcome APPLIED = new Outcome.Applied(OptionalLong.of(3));

    private final Journal journal = new Journal(4);

    private static Batch.Refresh batch(long beganAt, String... ids) {
        var progress = new RoundProgress(Step.QUERY, beganAt);
        List<Batch.IdQuery> queries = Arrays.stream(ids)
                .map(id -> {
                    progress.taken();
                    return new Batch.IdQuery(EngineHarness.trigger(id, OptionalLong.of(2)), 0, true, null);
                })
                .toList();
        return new Batch.Refresh(Lane.LIVE, List.of(), queries, progress);
    }

    private static Outcome failed(Throwable cause, boolean answered) {
        return new Outcome.Failed(cause, FailureKind.RETRYABLE, answered);
    }

    private void add(Outcome outcome, long endedAt, String... ids) {
        journal.add(batch(endedAt - 1, ids), Collections.nCopies(ids.length, outcome), endedAt);
    }

    private List<String> outcomes(String id) {
        return journal.of(id, 100).stream().map(PastRound::outcome).toList();
    }

    @Test
    void remembersTimeDurationAndBatchSize() {
        Batch.Refresh batch = batch(10, "a", "b");
        batch.progress().tracedBy("0af7");
        journal.add(batch, List.of(APPLIED, new Outcome.Stale(OptionalLong.of(1))), 30);
        assertThat(journal.of("a", 100))
                .containsExactly(new PastRound(
                        Duration.ofNanos(70),
                        Duration.ofNanos(20),
                        "applied",
                        2,
                        OptionalLong.of(2),
                        OptionalLong.of(3),
                        null,
                        "0af7"));
        assertThat(journal.of("b", 100).get(0).answered()).hasValue(1);
        assertThat(journal.of("c", 100)).isEmpty();
    }

    @Test
    void listsLatestRoundFirstAndForgetsOldest() {
        for (int i = 1; i <= 6; i++) {
            add(new Outcome.Stale(OptionalLong.of(i)), i, "a");
        }
        assertThat(journal.of("a", 100))
                .extracting(round -> round.answered().getAsLong())
                .containsExactly(6L, 5L, 4L, 3L);
    }

    @Test
    void appliedIdsDoNotDisplaceRoundsOfFailingIds() {
        add(failed(new IllegalStateException("no"), false), 1, "a");
        for (int i = 2; i < 50; i++) {
            add(APPLIED, i, "b", "c");
        }
        assertThat(outcomes("a")).containsExactly("failed");
        assertThat(outcomes("b")).containsExactly("applied", "applied");
    }

    @Test
    void keepsOneLineAndStepOfAFailure() {
        add(failed(new IllegalStateException("two\nlines"), false), 1, "query");
        assertThat(journal.of("query", 100).get(0).failure())
                .isEqualTo(new PastRound.Failure(Step.QUERY, "java.lang.IllegalStateException: two lines"));

        Batch.Refresh projecting = batch(2, "projection");
        projecting.progress().projecting();
        journal.add(projecting, List.of(failed(new IllegalStateException("x".repeat(10_000)), true)), 3);
        PastRound.Failure failure = journal.of("projection", 100).get(0).failure();
        assertThat(failure.step()).isEqualTo(Step.PROJECTION);
        assertThat(failure.cause()).hasSize(501);

        Batch.Refresh mixed = batch(3, "missing");
        mixed.progress().projecting();
        journal.add(mixed, List.of(failed(new NoAnswerException("missing"), true)), 4);
        assertThat(journal.of("missing", 100).get(0).failure().step()).isEqualTo(Step.QUERY);
    }

    @Test
    void failedBatchHasOneSummaryForAllIds() {
        var split = new Outcome.Split(1, new IllegalStateException("no"), FailureKind.RETRYABLE, false);
        add(split, 1, "a", "b", "c");
        assertThat(outcomes("a")).containsExactly("split");
        String line = journal.of("a", 100).get(0).failure().cause();
        assertThat(line).isEqualTo("java.lang.IllegalStateException: no");
        var summary = new FailureSummary(FailureKind.RETRYABLE, "feign.FeignException", "feign.FeignException: 500");
        add(failed(summary, false), 2, "d");
        assertThat(journal.of("d", 100).get(0).failure().cause()).isEqualTo("feign.FeignException: 500");
    }

    @Test
    void refusedRoundIsNotRemembered() {
        add(new Outcome.Refused(Duration.ofSeconds(1)), 1, "a");
        assertThat(journal.of("a", 100)).isEmpty();
    }

    @Test
    void remembersDeferralsAndDeadLetters() {
        var trigger = EngineHarness.trigger("a", OptionalLong.of(2));
        var deferred = new FailureSinks.Deferred(trigger, RetryHistory.NONE);
        var forwarded = List.<Outcome>of(new Outcome.Forwarded());
        journal.add(new Batch.Defer(List.of(), List.of(deferred), new RoundProgress(Step.DEFERRAL, 0)), forwarded, 1);
        var never = new IllegalStateException("never");
        journal.add(
                new Batch.DeadLetterTrigger(null, trigger, never, new RoundProgress(Step.DEAD_LETTER, 1)),
                forwarded,
                2);
        assertThat(outcomes("a")).containsExactly("dead-lettered", "deferred");
    }

    @Test
    void remembersNothingWhenOff() {
        var off = new Journal(0);
        off.add(batch(0, "a"), List.of(APPLIED), 1);
        assertThat(off.of("a", 100)).isEmpty();
    }

    @Test
    void returnsABoundedNumberOfRounds() {
        var large = new Journal(1_000);
        for (int i = 0; i < 1_000; i++) {
            large.add(batch(i, "a"), List.of(APPLIED), i);
        }
        assertThat(large.of("a", 1_000)).hasSize(Journal.MAX_ROUNDS);
    }

    @Test
    void concurrentRoundsAreNeitherLostNorMixed() throws Exception {
        var shared = new Journal(WRITERS * ROUNDS);
        var together = new CyclicBarrier(WRITERS);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<Integer>> writers = new ArrayList<>();
        for (int i = 1; i <= WRITERS; i++) {
            int writer = i;
            writers.add(threads.submit(() -> {
                together.await();
                for (int round = 0; round < ROUNDS; round++) {
                    var outcome = new Outcome.Applied(OptionalLong.of(writer));
                    shared.add(batch(round, writer + "-" + round), List.of(outcome), round + writer);
                }
                return writer;
            }));
        }
        for (Future<Integer> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        for (int writer = 1; writer <= WRITERS; writer++) {
            for (int round = 0; round < ROUNDS; round += 500) {
                List<PastRound> found = shared.of(writer + "-" + round, 0);
                assertThat(found).hasSize(1);
                assertThat(found.get(0).answered()).hasValue(writer);
                assertThat(found.get(0).lasted()).isEqualTo(Duration.ofNanos(writer));
            }
        }
    }
}
