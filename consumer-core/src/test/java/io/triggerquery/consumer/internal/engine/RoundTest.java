package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A round queries and projects, and ends with an outcome for each id. */
class RoundTest {

    private final List<String> seen = new ArrayList<>();
    private final Map<String, Snapshot<String>> source = new HashMap<>();
    private AbsenceLimit absences = new AbsenceLimit(0);
    private boolean takesMany = true;
    private FailureKind kind = FailureKind.RETRYABLE;
    private Function<Throwable, FailureKind> rule = failure -> kind;

    private interface Asking {
        Answer<String> ask(List<String> ids) throws Exception;
    }

    private interface Applying {
        void apply(List<Snapshot<String>> snapshots) throws Exception;
    }

    private final class Source implements Query<String> {

        private final Asking asking;

        private Source(Asking asking) {
            this.asking = asking;
        }

        @Override
        public int maxIds() {
            return 100;
        }

        @Override
        public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) throws Exception {
            return CompletableFuture.completedStage(asking.ask(ids));
        }
    }

    private final class Copy implements Projection<String> {

        private final Applying applying;

        private Copy(Applying applying) {
            this.applying = applying;
        }

        @Override
        public boolean takesMany() {
            return takesMany;
        }

        @Override
        public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) throws Exception {
            List<String> ids = snapshots.stream().map(Snapshot::id).toList();
            List<String> triggered = triggers.stream().map(Trigger::id).toList();
            seen.add("projected " + ids + (ids.equals(triggered) ? "" : ", triggered were " + triggered));
            applying.apply(snapshots);
        }
    }

    private static Batch.IdQuery ask(String id, long version, boolean absenceConfirmed) {
        OptionalLong wanted = version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
        return new Batch.IdQuery(EngineHarness.trigger(id, wanted), 0, absenceConfirmed, null);
    }

    private static Batch batch(Batch.IdQuery... asks) {
        List<WorkItem> items = Arrays.stream(asks)
                .map(ask -> new WorkItem(
                        new Work.Refresh(ask.trigger(), RetryHistory.NONE), new WorkState.Ready(Lane.LIVE)))
                .toList();
        return new Batch.Refresh(Lane.LIVE, items, List.of(asks), progress(IdState.Step.QUERY));
    }

    private static RoundProgress progress(IdState.Step first) {
        return new RoundProgress(first, 0);
    }

    private static Batch batch(String... ids) {
        return batch(Arrays.stream(ids).map(id -> ask(id, -1, false)).toArray(Batch.IdQuery[]::new));
    }

    private List<Outcome> runFailing(Batch batch, RuntimeException failure) {
        return run(
                batch,
                ids -> {
                    throw failure;
                },
                snapshots -> {});
    }

    private List<Outcome> run(Batch batch, Asking asking, Applying applying) {
        var listener = new EngineListener() {
            @Override
            public void queried(int ids) {
                seen.add("queried " + ids);
            }
        };
        var round = new Round<>(
                new Pipeline<>(
                        new Source(asking),
                        new Copy(applying),
                        failure -> rule.apply(failure),
                        failing -> Duration.ZERO,
                        new Asides()),
                listener,
                batch,
                absences);
        assertThat(round.begin()).isDone();
        return round.end();
    }

    private List<Outcome> run(Batch batch) {
        return run(batch, ids -> new Answer.Given<>(source), snapshots -> {});
    }

    private final class Asides implements FailureSinks {

        @Override
        public String retryTopic() {
            return "retry";
        }

        @Override
        public void defer(List<Deferred> triggers) {
            triggers.forEach(deferred -> seen.add("deferred "
                    + deferred.trigger().id() + " after " + deferred.history().failures()));
        }

        @Override
        public void deadLetter(Trigger trigger, Throwable cause) {
            seen.add("dead-lettered " + trigger.id() + ": " + cause.getMessage());
        }
    }

    private void found(String id, long version) {
        source.put(id, new Snapshot.Found<>(id, "state", OptionalLong.of(version)));
    }

    private void absent(String id, OptionalLong version) {
        source.put(id, new Snapshot.Absent<>(id, version));
    }

    private static Outcome applied(long version) {
        return new Outcome.Applied(OptionalLong.of(version));
    }

    @Test
    void queriesOnceAndProjectsBatchInOneTransaction() {
        found("a", 1);
        found("b", 2);
        assertThat(run(batch("a", "b"))).containsExactly(applied(1), applied(2));
        assertThat(seen).containsExactly("queried 2", "projected [a, b]");
    }

    @Test
    void projectsOneByOneIfListenerTakesOne() {
        takesMany = false;
        found("a", 1);
        found("b", 2);
        var failure = new IllegalStateException("not b");
        List<Outcome> outcomes = run(batch("a", "b"), ids -> new Answer.Given<>(source), snapshots -> {
            if (snapshots.get(0).id().equals("b")) {
                throw failure;
            }
        });
        assertThat(outcomes).containsExactly(applied(1), new Outcome.Failed(failure, FailureKind.RETRYABLE, true));
        assertThat(seen).containsExactly("queried 2", "projected [a]", "projected [b]");
    }

    @Test
    void refusedQueryProjectsNothing() {
        List<Outcome> outcomes =
                run(batch("a", "b"), ids -> new Answer.Refused<>(Duration.ofSeconds(1)), snapshots -> {});
        var refused = new Outcome.Refused(Duration.ofSeconds(1));
        assertThat(outcomes).containsExactly(refused, refused);
        assertThat(seen).isEmpty();
    }

    @Test
    void failedQueryOfOneIdIsItsFailure() {
        var failure = new IllegalStateException("no");
        List<Outcome> outcomes = runFailing(batch("a"), failure);
        assertThat(outcomes).containsExactly(new Outcome.Failed(failure, FailureKind.RETRYABLE, false));
        assertThat(seen).containsExactly("queried 1");
    }

    @Test
    void failedQueryOfSeveralIdsIsSplit() {
        var failure = new IllegalStateException("no");
        List<Outcome> outcomes = runFailing(batch("a", "b", "c"), failure);
        assertThat(outcomes)
                .containsOnly(new Outcome.Split(1, failure, FailureKind.RETRYABLE, false))
                .hasSize(3);
    }

    @Test
    void hundredIdsAreSplitInFiveParts() {
        String[] ids = IntStream.range(0, 100).mapToObj(i -> "id-" + i).toArray(String[]::new);
        var failure = new IllegalStateException("no");
        List<Outcome> outcomes = runFailing(batch(ids), failure);
        assertThat(outcomes)
                .containsOnly(new Outcome.Split(20, failure, FailureKind.RETRYABLE, false))
                .hasSize(100);
    }

    @Test
    void batchThatFailsLikeAnOutageIsSplit() {
        kind = FailureKind.UNAVAILABLE;
        var failure = new IllegalStateException("504, or too heavy");
        List<Outcome> outcomes = runFailing(batch("a", "b"), failure);
        assertThat(outcomes).containsOnly(new Outcome.Split(1, failure, FailureKind.UNAVAILABLE, false));
    }

    @Test
    void unavailableDatabaseEndsProjectionOfTheBatch() {
        takesMany = false;
        kind = FailureKind.UNAVAILABLE;
        found("a", 1);
        found("b", 1);
        found("c", 1);
        var failure = new IllegalStateException("no connection within 30 s");
        List<Outcome> outcomes = run(batch("a", "b", "c"), ids -> new Answer.Given<>(source), snapshots -> {
            if (!snapshots.get(0).id().equals("a")) {
                throw failure;
            }
        });
        var away = new Outcome.Failed(failure, FailureKind.UNAVAILABLE, true);
        assertThat(outcomes).containsExactly(applied(1), away, away);
        assertThat(seen).containsExactly("queried 3", "projected [a]", "projected [b]");
    }

    @Test
    void tooManyConsecutiveAbsencesAreHeldUntilAStateIsFound() {
        absences = new AbsenceLimit(2);
        for (String id : List.of("a", "b", "c", "d")) {
            absent(id, OptionalLong.of(1));
        }
        found("e", 1);
        assertThat(run(batch("a", "b"))).containsOnly(new Outcome.Applied(OptionalLong.of(1), true));
        assertThat(run(batch("c")).get(0)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failed.cause()).hasMessageContaining("more than 2 consecutive ids");
        });
        assertThat(seen).doesNotContain("projected [c]");
        run(batch("e"));
        assertThat(run(batch("c"))).containsOnly(new Outcome.Applied(OptionalLong.of(1), true));
    }

    @Test
    void heldAbsencesAreNotProjectedIfConfirmationIsRequired() {
        absences = new AbsenceLimit(2);
        for (String id : List.of("a", "b", "c")) {
            absent(id, OptionalLong.empty());
            run(batch(ask(id, -1, false)));
        }
        assertThat(run(batch(ask("a", -1, true))).get(0)).isInstanceOf(Outcome.Failed.class);
        assertThat(absences.confirm()).isTrue();
        assertThat(run(batch(ask("a", -1, true))).get(0)).isInstanceOf(Outcome.Applied.class);
        assertThat(run(batch(ask("d", -1, false), ask("b", -1, true))).get(1)).isInstanceOf(Outcome.Applied.class);
        assertThat(absences.confirm()).as("nothing was held").isFalse();
    }

    @Test
    void failedProjectionOfSeveralIdsIsSplit() {
        found("a", 1);
        found("b", 2);
        absent("c", OptionalLong.empty());
        var failure = new StackOverflowError();
        List<Outcome> outcomes = run(batch("a", "b", "c"), ids -> new Answer.Given<>(source), snapshots -> {
            throw failure;
        });
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Split(1, failure, FailureKind.RETRYABLE, true),
                        new Outcome.Split(1, failure, FailureKind.RETRYABLE, true),
                        new Outcome.Unconfirmed());
    }

    @Test
    void idMissingInAnswerFailsAlone() {
        found("a", 1);
        List<Outcome> outcomes = run(batch("a", "b"));
        assertThat(outcomes.get(0)).isEqualTo(applied(1));
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Split.class, split -> {
            assertThat(split.maxBatchSize()).isEqualTo(1);
            assertThat(split.cause()).hasMessageContaining("does not contain b");
        });
        assertThat(run(batch("b")).get(0)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void answerOlderThanTriggerIsProjectedAndStale() {
        found("a", 4);
        assertThat(run(batch(ask("a", 5, false)))).containsExactly(new Outcome.Stale(OptionalLong.of(4)));
        assertThat(seen).contains("projected [a]");
        assertThat(run(batch(ask("a", 4, false)))).containsExactly(applied(4));
    }

    @Test
    void absenceIsProjectedOnlyWhenConfirmed() {
        absent("a", OptionalLong.empty());
        assertThat(run(batch(ask("a", 5, false)))).containsExactly(new Outcome.Unconfirmed());
        assertThat(seen).containsExactly("queried 1");
        assertThat(run(batch(ask("a", 5, true))))
                .as("without a version, because the trigger's may be wrong")
                .containsExactly(new Outcome.Applied(OptionalLong.empty(), true));

        absent("a", OptionalLong.of(7));
        assertThat(run(batch(ask("a", 5, false)))).containsExactly(new Outcome.Applied(OptionalLong.of(7), true));
        absent("a", OptionalLong.of(3));
        assertThat(run(batch(ask("a", 5, false)))).containsExactly(new Outcome.Stale(OptionalLong.of(3)));
    }

    @Test
    void failingFailureRuleLosesNoItem() {
        var failure = new IllegalStateException("no");
        rule = any -> {
            throw new NoClassDefFoundError("as asked");
        };
        List<Outcome> outcomes = runFailing(batch("a"), failure);
        assertThat(outcomes).containsExactly(new Outcome.Failed(failure, FailureKind.RETRYABLE, false));
        assertThat(failure.getSuppressed()).as("the failure of the rule").hasSize(1);
    }

    @Test
    void clearsInterruptBeforeNextRound() {
        found("a", 1);
        run(
                batch("a"),
                ids -> new Answer.Given<>(source),
                snapshots -> Thread.currentThread().interrupt());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void defersAndDeadLettersWithoutAQuery() {
        var item = new WorkItem(EngineHarness.refresh("a"), new WorkState.Ready(Lane.DEFER));
        Trigger trigger = EngineHarness.trigger("a", OptionalLong.empty());
        var history = new RetryHistory(3, Duration.ZERO, Duration.ZERO);
        var deadLetter = new Work.DeadLetter("triggers-0@0", "empty", () -> seen.add("sent"));
        assertThat(run(new Batch.Defer(
                        List.of(item),
                        List.of(new FailureSinks.Deferred(trigger, history)),
                        progress(IdState.Step.DEFERRAL))))
                .containsExactly(new Outcome.Forwarded());
        assertThat(run(new Batch.DeadLetterTrigger(
                        item, trigger, new IllegalStateException("never"), progress(IdState.Step.DEAD_LETTER))))
                .containsExactly(new Outcome.Forwarded());
        assertThat(run(new Batch.DeadLetterMessage(
                        new WorkItem(deadLetter, new WorkState.Ready(Lane.DEAD_LETTER)),
                        deadLetter,
                        progress(IdState.Step.DEAD_LETTER))))
                .containsExactly(new Outcome.Forwarded());
        assertThat(seen).containsExactly("deferred a after 3", "dead-lettered a: never", "sent");
    }
}
