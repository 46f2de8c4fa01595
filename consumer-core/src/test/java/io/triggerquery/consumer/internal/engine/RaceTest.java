package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Faults that only real threads cause: a lost request, a lost wake-up, two rounds for one id. Runs for a few seconds in
 * the build, and for longer with {@code ./mvnw -pl consumer-core test -Dtest=RaceTest -Drace.seconds=600}.
 */
class RaceTest {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("race.seconds", 2));

    @Test
    void lastPauseRequestWins() throws Exception {
        new Race<>(
                        Wishes::new,
                        List.of(wishes -> wishes.request(true), wishes -> wishes.request(false)),
                        wishes -> assertThat(wishes.paused).isEqualTo(wishes.requested))
                .run(TIME, 1_000);
    }

    /** The flow control to which threads publish the partitions to pause. */
    private static final class Wishes implements Intake {

        private static final Set<TopicPartition> ASSIGNED = Set.of(EngineHarness.P0);

        private final PartitionFlowControl flowControl = new PartitionFlowControl(this, EngineHarness.RETRY.topic());
        private final ReentrantLock lock = new ReentrantLock();
        private final AtomicInteger calls = new AtomicInteger();
        private final Set<TopicPartition> paused = new HashSet<>();
        private Set<TopicPartition> requested = Set.of();

        private void request(boolean pause) {
            lock.lock();
            try {
                requested = pause ? ASSIGNED : Set.of();
                flowControl.request(ASSIGNED, pause, false, Set.of());
            } finally {
                lock.unlock();
            }
            flowControl.settle();
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            assertThat(calls.incrementAndGet()).as("calls at once").isEqualTo(1);
            paused.addAll(partitions);
            calls.decrementAndGet();
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            assertThat(calls.incrementAndGet()).as("calls at once").isEqualTo(1);
            paused.removeAll(partitions);
            calls.decrementAndGet();
        }
    }

    @Test
    void rememberedVersionNeverDecreasesOrPassesProjection() throws Exception {
        new Race<>(
                        Memory::new,
                        List.of(Memory::apply, Memory::apply, Memory::look),
                        memory -> assertThat(memory.covers(20)).isTrue())
                .run(TIME, 100);
    }

    /** A projection and its remembered versions. */
    private static final class Memory {

        private final AppliedVersions versions = new AppliedVersions(100);
        private final AtomicLong projected = new AtomicLong();

        private void apply() {
            for (int i = 0; i < 10; i++) {
                long version = projected.incrementAndGet();
                versions.applied("a", OptionalLong.of(version));
                assertThat(covers(version)).isTrue();
            }
        }

        private void look() {
            for (int i = 0; i < 10; i++) {
                long next = projected.get() + 1;
                assertThat(!covers(next) || projected.get() >= next).isTrue();
            }
        }

        private boolean covers(long version) {
            Trigger trigger = EngineHarness.trigger("a", OptionalLong.of(version - 1));
            return versions.cover(trigger);
        }
    }

    @Test
    void workThatArrivesWhileLastWorkerRetiresIsProcessed() throws Exception {
        new Race<>(LastWorker::new, List.of(LastWorker::work, worker -> worker.deliver(1)), LastWorker::check)
                .run(TIME, 100);
    }

    /** A worker that is about to retire while work arrives. */
    private static final class LastWorker {

        private final AtomicInteger wanted = new AtomicInteger();
        private final ManualTimer timer = new ManualTimer();
        private final TriggerEngine engine = new TriggerEngine(
                new EngineSettings(new Limits(1, 1, 100, 50, 0), EngineHarness.PATIENCE),
                new Pipeline<>(
                        new EngineHarness.NoQuery(1),
                        new EngineHarness.NoProjection(),
                        failure -> FailureKind.RETRYABLE,
                        failing -> Duration.ZERO,
                        new EngineHarness.NoOutlets()),
                new EngineRuntime(
                        worker -> wanted.incrementAndGet(), timer, timer, new Wishes(), new EngineListener() {}));
        private final Batch last;
        private boolean tookMore;

        private LastWorker() {
            engine.assigned(this, List.of(EngineHarness.P0));
            deliver(0);
            last = engine.begin();
            wanted.set(0);
        }

        private void deliver(long offset) {
            Work work = EngineHarness.refresh("id-" + offset);
            engine.accept(this, new Delivery(EngineHarness.P0, offset, work, 1, () -> {}));
        }

        private void work() {
            tookMore = engine.settle(last, List.of(new Outcome.Applied(OptionalLong.empty()))) != null;
        }

        private void check() {
            assertThat(tookMore || wanted.get() == 1).isTrue();
        }
    }

    @Test
    void engineOnRealThreadsProcessesEverythingOncePerId() throws Exception {
        try (var threads = new RacingEngine.Threads()) {
            new Race<>(
                            () -> new RacingEngine(threads),
                            List.of(engine -> engine.deliver(0), engine -> engine.deliver(1), RacingEngine::disturb),
                            RacingEngine::check)
                    .run(TIME, 1);
        }
    }
}
