package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Answer;
import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The real engine in virtual time and on virtual workers: a test decides when a worker begins, when its round ends, and
 * how. Acknowledgments and pauses are recorded as a container would see them.
 */
final class EngineHarness {

    static final TopicPartition P0 = new TopicPartition("triggers", 0);
    static final TopicPartition P1 = new TopicPartition("triggers", 1);

    static final Object CONSUMER = "consumer-1";
    static final Object OTHER_CONSUMER = "consumer-2";

    final ManualTimer timer = new ManualTimer();
    final Map<TopicPartition, Long> committed = new LinkedHashMap<>();
    final List<String> failures = new ArrayList<>();
    final Set<TopicPartition> paused = new HashSet<>();
    final TriggerEngine engine;
    boolean noThreads;

    private final Deque<Runnable> startedWorkers = new ArrayDeque<>();
    private final Map<String, WorkItem> running = new LinkedHashMap<>();

    EngineHarness(int concurrency, long maxPending) {
        engine = new TriggerEngine(
                new EngineSettings(concurrency, maxPending),
                (id, unanswered) -> new Answer.Found<>(id),
                state -> {},
                failuresInARow -> Duration.ofSeconds(failuresInARow),
                new EngineRuntime(this::start, timer, new RecordingIntake(), new RecordingListener()));
        engine.assigned(CONSUMER, List.of(P0, P1));
    }

    EngineHarness() {
        this(4, 1_000);
    }

    private void start(Runnable worker) {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        startedWorkers.add(worker);
    }

    static Work refresh(String id) {
        return new Work.Refresh(new Trigger("triggers", id, Instant.EPOCH));
    }

    void deliver(TopicPartition partition, long offset, String id) {
        deliver(partition, offset, refresh(id), id.length());
    }

    void deliver(TopicPartition partition, long offset, Work work, int bytes) {
        deliver(CONSUMER, partition, offset, work, bytes);
    }

    void deliver(Object consumer, TopicPartition partition, long offset, Work work, int bytes) {
        engine.accept(consumer, new Delivery(partition, offset, work, bytes, () -> acknowledge(partition, offset)));
    }

    private void acknowledge(TopicPartition partition, long offset) {
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

    private void note(WorkItem item) {
        if (item != null && running.put(key(item), item) != null) {
            throw new AssertionError(key(item) + " runs twice at once");
        }
    }

    void succeed(String id) {
        end(id, new Outcome.Applied());
    }

    void fail(String id) {
        end(id, new Outcome.Failed(new IllegalStateException("as scripted"), false));
    }

    void refuse(String id, Duration hold) {
        end(id, new Outcome.Refused(hold));
    }

    private void end(String id, Outcome outcome) {
        WorkItem item = running.remove(id);
        if (item == null) {
            throw new AssertionError(id + " is not running");
        }
        engine.settle(item, outcome);
        note(engine.next());
        begin();
    }

    /** The ids whose rounds run now, in the order in which they began. */
    List<String> running() {
        return List.copyOf(running.keySet());
    }

    /** Begins and succeeds until nothing is left to do. */
    void finishAll() {
        begin();
        while (!running.isEmpty()) {
            succeed(running.keySet().iterator().next());
        }
    }

    private static String key(WorkItem item) {
        return item.work() instanceof Work.Refresh refresh
                ? refresh.trigger().id()
                : ((Work.Bury) item.work()).origin();
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
        public void failed(Work work, int failuresInARow, Duration retryIn, Throwable cause) {
            failures.add(((Work.Refresh) work).trigger().id() + " " + failuresInARow + " " + retryIn.toSeconds() + "s");
        }
    }
}
