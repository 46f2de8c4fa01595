package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * G7: the engine reports everything that logs and meters need, once. It runs its workers here one after the other.
 */
class EngineListenerTest implements Query<String>, Intake {

    private final List<String> events = new ArrayList<>();
    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final Set<String> failing = Set.of("bad", "worse");
    private final ManualTimer timer = new ManualTimer();
    private final TriggerEngine engine = new TriggerEngine(
            new EngineSettings(new Limits(2, 2, 4, 2, 100), EngineHarness.PATIENCE),
            new Pipeline<>(
                    this,
                    new Projecting(),
                    failure -> FailureKind.RETRYABLE,
                    failing -> Duration.ofSeconds(1),
                    new EngineHarness.NoOutlets()),
            new EngineRuntime(workers::add, timer, timer, this, new RecordingListener()));
    private long offset;

    EngineListenerTest() {
        engine.assigned(this, List.of(P0));
    }

    private void deliver(String id, OptionalLong version) {
        var work = new Work.Refresh(EngineHarness.trigger(id, version), RetryHistory.NONE, "span of " + id);
        engine.accept(this, new Delivery(P0, offset++, work, 1, () -> {}));
    }

    private void deliver(String id) {
        deliver(id, OptionalLong.empty());
    }

    private void work() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    @Override
    public int maxIds() {
        return 2;
    }

    @Override
    public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
        Map<String, Snapshot<String>> answers = new HashMap<>();
        ids.forEach(id -> answers.put(id, new Snapshot.Found<>(id, "state", OptionalLong.of(5))));
        return CompletableFuture.completedStage(new Answer.Given<>(answers));
    }

    private final class Projecting implements Projection<String> {

        @Override
        public boolean takesMany() {
            return false;
        }

        @Override
        public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {
            if (failing.contains(snapshots.get(0).id())) {
                throw new IllegalStateException("as scripted");
            }
        }
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {}

    @Override
    public void resume(Collection<TopicPartition> partitions) {}

    @Test
    void reportsEventsOfATrigger() {
        deliver("a");
        work();
        assertThat(events)
                .containsExactly(
                        "received a", "begun [a] with [span of a]", "queried 1", "ended applied", "applied a after 0");
    }

    @Test
    void reportsMixedOutcomesOfARound() {
        deliver("a");
        deliver("bad");
        work();
        assertThat(events)
                .contains(
                        "begun [a, bad] with [span of a, span of bad]",
                        "ended mixed",
                        "applied a after 0",
                        "failed bad 1");
    }

    @Test
    void reportsSingleOutcomeOfARound() {
        deliver("a");
        deliver("b");
        work();
        assertThat(events)
                .contains("begun [a, b] with [span of a, span of b]", "ended applied")
                .doesNotContain("ended mixed");
    }

    @Test
    void reportsAlreadyAppliedTriggerAsReceived() {
        deliver("a", OptionalLong.of(5));
        work();
        events.clear();
        deliver("a", OptionalLong.of(4));
        deliver("a", OptionalLong.of(5));
        assertThat(events).containsExactly("received a", "already applied a", "received a");
    }

    @Test
    void reportsPendingLimitOnce() {
        deliver("a");
        deliver("b");
        deliver("c");
        assertThat(events).doesNotContain("full 4");
        deliver("d");
        deliver("e");
        assertThat(events).containsOnlyOnce("full 4");
        work();
        List.of("f", "g", "h", "i").forEach(this::deliver);
        assertThat(events.stream().filter("full 4"::equals)).hasSize(2);
    }

    @Test
    void reportsRetryCapacityOnce() {
        deliver("a");
        work();
        assertThat(events).doesNotContain("crowded 2");
        deliver("bad");
        work();
        assertThat(events).containsOnlyOnce("crowded 2");
        deliver("worse");
        work();
        assertThat(events).containsOnlyOnce("crowded 2");
    }

    @Test
    void reportsRunningRoundsWhenAssignmentEnds() {
        deliver("a");
        engine.begin();
        engine.fence(this, List.of(P0));
        assertThat(events).endsWith("fenced triggers-0 1");
        engine.fence(this, List.of(P0));
        assertThat(events).containsOnlyOnce("fenced triggers-0 1");
    }

    private final class RecordingListener implements EngineListener {

        @Override
        public void received(TopicPartition partition, Work work) {
            events.add("received " + work.name());
        }

        @Override
        public void alreadyApplied(Trigger trigger) {
            events.add("already applied " + trigger.id());
        }

        @Override
        public RoundObserver begun(List<Trigger> triggers, IntFunction<Object> contexts) {
            events.add("begun " + triggers.stream().map(Trigger::id).toList() + " with "
                    + IntStream.range(0, triggers.size())
                            .mapToObj(contexts)
                            .filter(Objects::nonNull)
                            .toList());
            return outcome -> events.add("ended " + outcome);
        }

        @Override
        public void queried(int ids) {
            events.add("queried " + ids);
        }

        @Override
        public void applied(Work work, int failures) {
            events.add("applied " + work.name() + " after " + failures);
        }

        @Override
        public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
            events.add("failed " + work.name() + " " + failures);
        }

        @Override
        public void full(long pending) {
            events.add("full " + pending);
        }

        @Override
        public void nearCapacity(int limit) {
            events.add("crowded " + limit);
        }

        @Override
        public void fenced(TopicPartition partition, int running) {
            events.add("fenced " + partition + " " + running);
        }
    }
}
