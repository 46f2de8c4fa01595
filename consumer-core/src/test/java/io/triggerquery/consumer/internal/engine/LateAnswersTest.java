package io.triggerquery.consumer.internal.engine;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asynchronous answers, which arrive on another thread than the one that runs the workers. */
class LateAnswersTest implements Query<String>, Projection<String>, Intake {

    private static final int CONCURRENCY = 2;

    private final ManualTimer timer = new ManualTimer();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Map<String, CompletableFuture<Answer<String>>> asked = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> threads = new ArrayList<>();
    private final TriggerEngine engine = new TriggerEngine(
            new EngineSettings(new Limits(CONCURRENCY, 1, 100, 50, 0), EngineHarness.PATIENCE),
            new Pipeline<>(
                    this,
                    this,
                    failure -> FailureKind.RETRYABLE,
                    failing -> Duration.ofSeconds(5),
                    new EngineHarness.NoOutlets()),
            new EngineRuntime(this::execute, timer, timer, this, new RecordingListener()));
    private boolean answersAtOnce;
    private boolean noThreads;
    private long offset;

    private final class RecordingListener implements EngineListener {

        @Override
        public RoundObserver begun(List<Trigger> triggers, IntFunction<Object> contexts) {
            return new RoundObserver() {
                @Override
                public void left() {
                    threads.add("left");
                }

                @Override
                public void entered() {
                    threads.add("entered");
                }

                @Override
                public void ended(String outcome) {
                    threads.add("ended " + outcome);
                }
            };
        }

        @Override
        public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
            events.add(work.name() + " failed: " + cause.getMessage());
        }
    }

    private void execute(Runnable task) {
        if (noThreads) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    @Override
    public int maxIds() {
        return 1;
    }

    @Override
    public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
        var answer = new CompletableFuture<Answer<String>>();
        asked.put(ids.get(0), answer);
        if (answersAtOnce) {
            answer(ids.get(0));
        }
        return answer;
    }

    @Override
    public boolean takesMany() {
        return false;
    }

    @Override
    public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {
        events.add(snapshots.get(0).id() + " projected");
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {}

    @Override
    public void resume(Collection<TopicPartition> partitions) {}

    @BeforeEach
    void assign() {
        engine.assigned(this, List.of(EngineHarness.P0));
    }

    private void deliver(String... ids) {
        for (String id : ids) {
            Runnable acknowledge = () -> events.add("committed to " + id);
            engine.accept(this, new Delivery(EngineHarness.P0, offset++, EngineHarness.refresh(id), 1, acknowledge));
        }
    }

    private void runWorkers() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void answer(String id) {
        asked.remove(id).complete(new Answer.Given<>(Map.of(id, new Snapshot.Found<>(id, id, OptionalLong.empty()))));
    }

    @Test
    void oneQueryPerWorkerRunsWithoutBlockingThreads() {
        deliver("a", "b", "c");
        runWorkers();
        assertThat(asked).containsOnlyKeys("a", "b");
        assertThat(engine.status(0).running()).isEqualTo(CONCURRENCY);
    }

    @Test
    void answeringThreadDoesNotProject() {
        deliver("a", "b", "c");
        runWorkers();
        answer("a");
        assertThat(events).isEmpty();
        assertThat(tasks).hasSize(1);
        runWorkers();
        assertThat(events).containsExactly("a projected", "committed to a");
        assertThat(asked).as("the worker takes the next ids").containsOnlyKeys("b", "c");
    }

    @Test
    void immediateAnswerNeedsNoOtherThread() {
        answersAtOnce = true;
        deliver("a", "b", "c");
        tasks.remove().run();
        assertThat(events).contains("a projected", "b projected", "c projected");
        assertThat(tasks)
                .as("only the second worker, which was requested before")
                .hasSize(1);
    }

    @Test
    void observersSeeThreadChangesOfARound() {
        deliver("a");
        runWorkers();
        assertThat(threads).containsExactly("left");
        answer("a");
        assertThat(threads).containsExactly("left");
        runWorkers();
        assertThat(threads).containsExactly("left", "entered", "ended applied");
        answersAtOnce = true;
        deliver("b");
        runWorkers();
        assertThat(threads).containsExactly("left", "entered", "ended applied", "ended applied");
    }

    @Test
    void asynchronousFailureIsRetried() {
        deliver("a");
        runWorkers();
        asked.remove("a").completeExceptionally(new CompletionException(new IllegalStateException("as scripted")));
        runWorkers();
        assertThat(events).containsExactly("a failed: as scripted");
        timer.advanceTo(5_000);
        runWorkers();
        answer("a");
        runWorkers();
        assertThat(events).endsWith("a projected", "committed to a");
    }

    @Test
    void handoverWaitsForAnswerAndProjection() {
        deliver("a", "b", "c");
        runWorkers();
        CompletableFuture<Void> drained = engine.release(this, List.of(EngineHarness.P0));
        answer("a");
        answer("b");
        assertThat(drained).isNotDone();
        runWorkers();
        assertThat(drained).isDone();
        assertThat(events).contains("a projected", "b projected", "committed to b");
        assertThat(asked).as("c does not begin").isEmpty();
    }

    @Test
    void answerAfterFenceCommitsNothingAndFreesItsWorker() {
        deliver("a", "b");
        runWorkers();
        engine.fence(this, List.of(EngineHarness.P0));
        answer("a");
        answer("b");
        runWorkers();
        assertThat(events).noneMatch(each -> each.startsWith("committed"));
        assign();
        deliver("c", "d");
        runWorkers();
        assertThat(asked).containsOnlyKeys("c", "d");
    }

    @Test
    void answerIsKeptUntilAThreadIsAvailable() {
        deliver("a", "b", "c");
        runWorkers();
        noThreads = true;
        answer("a");
        timer.advanceTo(1_000);
        timer.advanceTo(2_000);
        assertThat(events).isEmpty();
        assertThat(engine.status(0).running())
                .as("the round still counts as running")
                .isEqualTo(CONCURRENCY);
        noThreads = false;
        timer.advanceTo(3_000);
        runWorkers();
        assertThat(events).containsExactly("a projected", "committed to a");
    }
}
