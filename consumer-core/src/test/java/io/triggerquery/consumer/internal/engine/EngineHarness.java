package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/**
 * The real engine in virtual time and on virtual workers. A test decides when a worker begins, and when and how its
 * round ends. Acknowledgments and pauses are recorded as a container would see them.
 */
final class EngineHarness {

    static final TopicPartition P0 = new TopicPartition("triggers", 0);
    static final TopicPartition P1 = new TopicPartition("triggers", 1);

    static final TopicPartition RETRY = new TopicPartition("triggers-retry", 0);

    static final Timing PATIENCE =
            new Timing(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofDays(1));

    static final Object CONSUMER = "consumer-1";
    static final Object OTHER_CONSUMER = "consumer-2";

    final ManualTimer timer = new ManualTimer();
    final Map<TopicPartition, Long> committed = new LinkedHashMap<>();
    final List<String> failures = new ArrayList<>();
    final Set<TopicPartition> paused = new HashSet<>();
    final TriggerEngine engine;
    boolean noThreads;
    int acknowledgements;
    int ignored;

    final List<String> suspensions = new ArrayList<>();
    final List<String> deferred = new ArrayList<>();
    final List<String> deadLettered = new ArrayList<>();

    private final Deque<Runnable> startedWorkers = new ArrayDeque<>();
    private final Map<String, Batch> running = new LinkedHashMap<>();

    EngineHarness(int concurrency, long maxPending) {
        this(new Limits(concurrency, 1, maxPending, 500, 0), PATIENCE);
    }

    EngineHarness() {
        this(4, 1_000);
    }

    EngineHarness(Limits limits, Timing timing) {
        engine = new TriggerEngine(
                new EngineSettings(limits, timing),
                new Pipeline<>(
                        new NoQuery(limits.maxBatch()),
                        new NoProjection(),
                        failure -> FailureKind.RETRYABLE,
                        EngineHarness::pause,
                        new NoOutlets()),
                new EngineRuntime(this::start, timer, timer, new RecordingIntake(), new RecordingListener()));
        engine.assigned(CONSUMER, List.of(P0, P1, RETRY));
    }

    /** One second, and one more for each ten seconds for which an id has failed. */
    static Duration pause(Duration failing) {
        return Duration.ofSeconds(1 + failing.toSeconds() / 10);
    }

    private void start(Runnable worker) {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        startedWorkers.add(worker);
    }

    static Work refresh(String id) {
        return new Work.Refresh(trigger(id, OptionalLong.empty()), RetryHistory.NONE);
    }

    static Trigger trigger(String id, OptionalLong version) {
        return new Trigger("triggers", id, version, Instant.EPOCH);
    }

    void deliver(TopicPartition partition, long offset, String id) {
        deliver(partition, offset, refresh(id), id.length());
    }

    void deliver(TopicPartition partition, long offset, String id, long version) {
        deliver(partition, offset, new Work.Refresh(trigger(id, OptionalLong.of(version)), RetryHistory.NONE), 1);
    }

    void deliver(TopicPartition partition, long offset, Work work, int bytes) {
        deliver(CONSUMER, partition, offset, work, bytes);
    }

    void deliver(Object consumer, TopicPartition partition, long offset, Work work, int bytes) {
        engine.accept(consumer, new Delivery(partition, offset, work, bytes, () -> acknowledge(partition, offset)));
    }

    private void acknowledge(TopicPartition partition, long offset) {
        acknowledgements++;
        Long before = committed.put(partition, offset + 1);
        if (before != null && before > offset + 1) {
            throw new AssertionError(partition + " committed backwards, from " + before + " to " + (offset + 1));
        }
    }

    /** Lets every worker that the engine wants begin a round. */
    void begin() {
        while (!startedWorkers.isEmpty()) {
            startedWorkers.remove();
            note(engine.begin());
        }
    }

    private void note(Batch batch) {
        if (batch == null) {
            return;
        }
        for (WorkItem item : batch.items()) {
            if (running.put(item.work().name(), batch) != null) {
                throw new AssertionError(item.work().name() + " runs twice at once");
            }
        }
    }

    void succeed(String id) {
        Batch batch = batchOf(id);
        boolean aside = !batch.lane().queriesSource();
        end(id, aside ? new Outcome.Forwarded() : new Outcome.Applied(OptionalLong.empty()));
    }

    void decode(String name, Work work) {
        end(name, new Outcome.Decoded(work));
    }

    void apply(String id, long version) {
        end(id, new Outcome.Applied(OptionalLong.of(version)));
    }

    void fail(String id) {
        fail(id, FailureKind.RETRYABLE);
    }

    void fail(String id, FailureKind kind) {
        end(id, new Outcome.Failed(new IllegalStateException("as scripted"), kind, false));
    }

    void refuse(String id, Duration hold) {
        end(id, new Outcome.Refused(hold));
    }

    /** Ends the round of the id's batch, with the same outcome for all of it. */
    void end(String id, Outcome outcome) {
        Batch batch = batchOf(id);
        end(batch, Collections.nCopies(batch.items().size(), outcome));
    }

    void end(Batch batch, List<Outcome> outcomes) {
        batch.items().forEach(item -> running.remove(item.work().name()));
        note(engine.settle(batch, outcomes));
        begin();
    }

    Batch batchOf(String id) {
        Batch batch = running.get(id);
        if (batch == null) {
            throw new AssertionError(id + " is not running");
        }
        return batch;
    }

    /** The ids whose rounds run now, in the order in which they began. */
    List<String> running() {
        return List.copyOf(running.keySet());
    }

    /** The ids that run together with this one. */
    List<String> together(String id) {
        return batchOf(id).items().stream().map(item -> item.work().name()).toList();
    }

    /** Runs successful rounds until no work is left. */
    void finishAll() {
        begin();
        while (!running.isEmpty()) {
            succeed(running.keySet().iterator().next());
        }
    }

    record NoQuery(int maxIds) implements Query<String> {

        @Override
        public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
            throw new AssertionError("the test ends rounds itself");
        }
    }

    static final class NoProjection implements Projection<String> {

        @Override
        public boolean takesMany() {
            return true;
        }

        @Override
        public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {
            throw new AssertionError("the test ends rounds itself");
        }
    }

    static final class NoOutlets implements FailureSinks {

        @Override
        public String retryTopic() {
            return RETRY.topic();
        }

        @Override
        public void defer(List<Deferred> triggers) {
            throw new AssertionError("the test ends rounds itself");
        }

        @Override
        public void deadLetter(Trigger trigger, Throwable cause) {
            throw new AssertionError("the test ends rounds itself");
        }
    }

    private final class RecordingIntake implements Intake {

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            paused.addAll(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            paused.removeAll(partitions);
        }
    }

    private final class RecordingListener implements EngineListener {

        @Override
        public void ignored() {
            ignored++;
        }

        @Override
        public void failed(Work work, int failuresInARow, Duration retryIn, Throwable cause) {
            failures.add(work.name() + " " + failuresInARow + " " + retryIn.toSeconds() + "s");
        }

        @Override
        public void suspended(int ids, Throwable cause) {
            suspensions.add(ids + " " + cause.getMessage());
        }

        @Override
        public void resumed(Duration after) {
            suspensions.add("resumed");
        }

        @Override
        public void deferred(Trigger trigger, int failuresInARow) {
            deferred.add(trigger.id() + " " + failuresInARow);
        }

        @Override
        public void deadLettered(Work.DeadLetter message) {
            deadLettered.add(message.origin() + ": " + message.reason());
        }

        @Override
        public void deadLettered(Trigger trigger, Throwable cause) {
            deadLettered.add(trigger.id() + ": " + cause.getMessage());
        }
    }
}
