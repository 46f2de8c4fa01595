package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.EngineRuntime;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import io.triggerquery.consumer.internal.engine.Intake;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The real engine on the test's own thread, with a source and a projection that a test can let fail. */
public final class SmallEngine {

    public static final TopicPartition PARTITION = new TopicPartition("things", 0);

    public final TriggerEngine engine;
    public final Map<String, RuntimeException> failing = new HashMap<>();
    public final Map<String, Long> versions = new HashMap<>();
    public final Set<String> failingProjections = new HashSet<>();
    public FailureKind kind = FailureKind.RETRYABLE;
    public boolean refusing;
    public boolean answersLater;

    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private long now;
    private long offset;

    private record Alarm(long at, Runnable action) {}

    public SmallEngine(EngineListener listener) {
        this(listener, UnaryOperator.identity(), UnaryOperator.identity());
    }

    public SmallEngine(
            EngineListener listener, UnaryOperator<Query<String>> query, UnaryOperator<Projection<String>> projection) {
        var timing = new Timing(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30), Duration.ofMinutes(1));
        engine = new TriggerEngine(
                new EngineSettings(new Limits(1, 10, 100, 10, 100, 0, 10), timing),
                new Pipeline<>(
                        query.apply(new Asking()),
                        projection.apply(new Projecting()),
                        failure -> kind,
                        failing -> Duration.ofSeconds(1).plus(failing.dividedBy(10)),
                        new Accepting()),
                new EngineRuntime(workers::add, this::schedule, () -> now, new Unstoppable(), listener));
        engine.assigned(this, List.of(PARTITION));
    }

    private Timer.Cancellation schedule(Duration delay, Runnable action) {
        var alarm = new Alarm(now + delay.toNanos(), action);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    public void deliver(String id, long version) {
        deliver(new Work.Refresh(
                new Trigger("things", id, OptionalLong.of(version), Instant.EPOCH), RetryHistory.NONE));
    }

    public void deliver(Work work) {
        engine.accept(this, new Delivery(PARTITION, offset++, work, 0, () -> {}));
    }

    /** Runs the workers until no work is left. */
    public void run() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    /** Completes the outstanding answers. */
    public void answer() {
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
    }

    /** Advances the time and runs what becomes due. */
    public void advance(Duration by) {
        now += by.toNanos();
        List<Alarm> due = alarms.stream().filter(alarm -> alarm.at() <= now).toList();
        alarms.removeAll(due);
        due.forEach(alarm -> alarm.action().run());
        run();
    }

    private final class Asking implements Query<String> {

        @Override
        public int maxIds() {
            return 10;
        }

        @Override
        public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
            if (!answersLater) {
                return CompletableFuture.completedStage(answer(ids));
            }
            var answer = new CompletableFuture<Answer<String>>();
            answers.add(() -> answer.completeAsync(() -> answer(ids), Runnable::run));
            return answer;
        }

        private Answer<String> answer(List<String> ids) {
            if (refusing) {
                return new Answer.Refused<>(Duration.ofSeconds(1));
            }
            ids.stream().filter(failing::containsKey).findFirst().ifPresent(id -> {
                throw failing.get(id);
            });
            return new Answer.Given<>(ids.stream()
                    .collect(Collectors.toMap(
                            id -> id,
                            id -> new Snapshot.Found<>(id, id, OptionalLong.of(versions.getOrDefault(id, 1L))))));
        }
    }

    private final class Projecting implements Projection<String> {

        @Override
        public boolean takesMany() {
            return true;
        }

        @Override
        public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {
            snapshots.stream()
                    .map(Snapshot::id)
                    .filter(failingProjections::contains)
                    .forEach(id -> {
                        throw new IllegalStateException("as asked of " + id);
                    });
        }
    }

    private static final class Accepting implements FailureSinks {

        @Override
        public String retryTopic() {
            return "things-retry";
        }

        @Override
        public void defer(List<Deferred> triggers) {}

        @Override
        public void deadLetter(Trigger trigger, Throwable cause) {}
    }

    private static final class Unstoppable implements Intake {

        @Override
        public void pause(Collection<TopicPartition> partitions) {}

        @Override
        public void resume(Collection<TopicPartition> partitions) {}
    }
}
