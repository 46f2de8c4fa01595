package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker's partitions, a source, a projection and one process with the real engine, driven step by step by a seeded
 * random, in virtual time. A round reads the source at one step and writes the projection at a later one, so that
 * everything else can happen in between.
 */
final class SimulatedWorld {

    private static final int PARTITIONS = 3;
    private static final int IDS = 12;
    private static final int CONCURRENCY = 3;
    private static final int MAX_PENDING = 6;

    /** A trigger in the log, with the version that its id had when it was sent. */
    private record Entry(long offset, String id, long version) {}

    private static final class Log {
        private final List<Entry> entries = new ArrayList<>();
        private int position;
        private long committed;
        private boolean assigned;
    }

    private static final class VirtualWorker {
        private final Batch batch;
        private long read = -1;

        private VirtualWorker(Batch batch) {
            this.batch = batch;
        }
    }

    private final Random random;
    private final Map<TopicPartition, Log> logs = new HashMap<>();
    private final Map<String, Long> source = new HashMap<>();
    private final Map<String, Long> projection = new HashMap<>();
    private final List<VirtualWorker> workers = new ArrayList<>();
    private final Deque<Runnable> wanted = new ArrayDeque<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private ManualTimer timer = new ManualTimer();
    private TriggerEngine engine;
    private Integer process = 0;
    private long nextOffset;
    private boolean calm;

    SimulatedWorld(long seed) {
        random = new Random(seed);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            logs.put(new TopicPartition("triggers", partition), new Log());
        }
        startProcess();
    }

    private void startProcess() {
        process++;
        timer = new ManualTimer();
        workers.clear();
        wanted.clear();
        paused.clear();
        engine = new TriggerEngine(
                new EngineSettings(
                        new EngineSettings.Limits(CONCURRENCY, 1, MAX_PENDING, MAX_PENDING, 0), EngineHarness.PATIENCE),
                new Pipeline<>(
                        new EngineHarness.NoQuery(1),
                        new EngineHarness.NoProjection(),
                        failure -> FailureKind.RETRYABLE,
                        failures -> Duration.ofSeconds(failures),
                        new EngineHarness.NoOutlets()),
                new EngineRuntime(wanted::add, timer, timer, new Pausing(process), new EngineListener() {}));
        logs.values().forEach(log -> log.assigned = false);
    }

    void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> produce();
            case 3, 4, 5 -> poll();
            case 6, 7, 8 -> work();
            case 9 -> timer.advance(Duration.ofMillis(random.nextInt(3_000)));
            case 10 -> rebalance();
            default -> {
                if (random.nextInt(20) == 0) {
                    startProcess(); // a crash: everything in memory is gone
                }
            }
        }
        check();
    }

    private void produce() {
        String id = "id-" + random.nextInt(IDS);
        long version = source.merge(id, 1L, Long::sum);
        Log log = logs.get(partition(id.hashCode()));
        nextOffset += 1 + random.nextInt(3); // compaction and transaction markers leave holes
        log.entries.add(new Entry(nextOffset, id, version));
    }

    private TopicPartition partition(int number) {
        // now and then a retry topic or a changed partition count puts an id elsewhere
        int partition = random.nextInt(10) == 0 ? random.nextInt(PARTITIONS) : Math.floorMod(number, PARTITIONS);
        return new TopicPartition("triggers", partition);
    }

    private void poll() {
        logs.forEach((partition, log) -> {
            if (log.assigned && !paused.contains(partition) && log.position < log.entries.size()) {
                deliver(partition, log, log.entries.get(log.position++));
            }
        });
    }

    private void deliver(TopicPartition partition, Log log, Entry entry) {
        Integer owner = process;
        engine.accept(
                process,
                new Delivery(
                        partition,
                        entry.offset(),
                        EngineHarness.refresh(entry.id()),
                        1,
                        () -> commit(partition, log, entry.offset() + 1, owner)));
    }

    private void commit(TopicPartition partition, Log log, long offset, Integer owner) {
        expect(log.assigned && owner.equals(process), "G6: " + partition + " committed after it was given up");
        expect(offset >= log.committed, "G1: " + partition + " committed backwards");
        log.committed = offset;
    }

    private void work() {
        if (!wanted.isEmpty()) {
            wanted.remove();
            begin(engine.begin());
        }
        if (workers.isEmpty()) {
            return;
        }
        VirtualWorker worker = workers.get(random.nextInt(workers.size()));
        String id = id(worker);
        if (worker.read < 0) {
            worker.read = source.get(id);
            return;
        }
        workers.remove(worker);
        if (calm || random.nextInt(4) > 0) {
            projection.merge(id, worker.read, Math::max);
            engine.settle(worker.batch, List.of(new Outcome.Applied(OptionalLong.empty())));
        } else if (random.nextBoolean()) {
            engine.settle(
                    worker.batch,
                    List.of(new Outcome.Failed(new IllegalStateException(), FailureKind.RETRYABLE, false)));
        } else {
            engine.settle(worker.batch, List.of(new Outcome.Refused(Duration.ofSeconds(1))));
        }
        begin(engine.next());
    }

    private void begin(Batch batch) {
        if (batch != null) {
            var worker = new VirtualWorker(batch);
            expect(
                    workers.stream().noneMatch(other -> id(other).equals(id(worker))),
                    "G2: " + id(worker) + " runs twice");
            workers.add(worker);
        }
    }

    private static String id(VirtualWorker worker) {
        return worker.batch.items().get(0).work().name();
    }

    private void rebalance() {
        TopicPartition partition = new TopicPartition("triggers", random.nextInt(PARTITIONS));
        Log log = logs.get(partition);
        List<TopicPartition> one = List.of(partition);
        if (!log.assigned) {
            log.assigned = true;
            log.position = (int) log.entries.stream()
                    .filter(entry -> entry.offset() < log.committed)
                    .count();
            engine.assigned(process, one);
        } else if (random.nextBoolean()) {
            boolean lost = random.nextBoolean();
            if (!lost) {
                engine.release(process, one);
                for (int i = random.nextInt(4); i > 0; i--) {
                    work(); // part of what runs finishes in time
                }
            }
            engine.fence(process, one);
            log.assigned = false;
        }
    }

    private void check() {
        logs.forEach((partition, log) -> log.entries.stream()
                .filter(entry -> entry.offset() < log.committed)
                .forEach(entry -> expect(
                        projection.getOrDefault(entry.id(), 0L) >= entry.version() || superseded(log, entry),
                        "G1: " + partition + "@" + entry.offset() + " is committed, but " + entry.id()
                                + " was not applied")));
        expect(engine.pending() <= MAX_PENDING + PARTITIONS + CONCURRENCY, "G4: " + engine.pending() + " pending");
    }

    private static boolean superseded(Log log, Entry entry) {
        return log.entries.stream()
                .anyMatch(later -> later.offset() >= log.committed && later.id().equals(entry.id()));
    }

    /** Ends all faults and expects the projection to equal the source soon after. */
    void calmDown() {
        calm = true;
        for (int i = 0; i < 1_000 && !settled(); i++) {
            logs.forEach((partition, log) -> {
                if (!log.assigned) {
                    log.assigned = true;
                    log.position = (int) log.entries.stream()
                            .filter(entry -> entry.offset() < log.committed)
                            .count();
                    engine.assigned(process, List.of(partition));
                }
            });
            poll();
            work();
            timer.advance(Duration.ofSeconds(1));
            check();
        }
        expect(projection.equals(source), "G8: " + projection + " instead of " + source);
        logs.forEach((partition, log) ->
                expect(committed(log), "G8: " + partition + " is committed to " + log.committed + " only"));
        expect(engine.pending() == 0, "G4: " + engine.pending() + " pending at the end");
        expect(paused.isEmpty(), "G4: still paused: " + paused);
    }

    private boolean settled() {
        return workers.isEmpty()
                && engine.pending() == 0
                && logs.values().stream().allMatch(log -> log.assigned && committed(log));
    }

    private static boolean committed(Log log) {
        return log.entries.isEmpty()
                || log.committed > log.entries.get(log.entries.size() - 1).offset();
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private final class Pausing implements Intake {

        private final Integer owner;

        private Pausing(Integer owner) {
            this.owner = owner;
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            if (owner.equals(process)) {
                paused.addAll(partitions);
            }
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            if (owner.equals(process)) {
                paused.removeAll(partitions);
            }
        }
    }
}
