package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * An engine on real threads. Two partitions are delivered while a third is assigned and revoked; calls succeed, fail or
 * are refused, at once or later.
 */
final class RacingEngine implements Query<String>, Projection<String>, FailureSinks, Intake {

    private static final int RECORDS = 30;
    private static final int IDS = 5;
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);
    private static final Object CONSUMER = "consumer";
    private static final TopicPartition COMES_AND_GOES = new TopicPartition("triggers", 2);

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> violations = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
    private final Set<TopicPartition> paused = ConcurrentHashMap.newKeySet();
    private final Threads threads;
    private final TriggerEngine engine;

    /** Threads for many engines. */
    static final class Threads implements AutoCloseable {

        private final ExecutorService workers = Executors.newCachedThreadPool();
        private final ExecutorService answers = Executors.newSingleThreadExecutor();
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        private Timer.Cancellation schedule(Duration delay, Runnable action) {
            Future<?> scheduled = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }

        @Override
        public void close() {
            workers.shutdownNow();
            answers.shutdownNow();
            timer.shutdownNow();
        }
    }

    RacingEngine(Threads threads) {
        this.threads = threads;
        int concurrency = 1 + ThreadLocalRandom.current().nextInt(3);
        var limits = new EngineSettings.Limits(concurrency, 3, 10, 5, 0);
        var timing = new EngineSettings.Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
        engine = new TriggerEngine(
                new EngineSettings(limits, timing),
                new Pipeline<>(this, this, failure -> FailureKind.RETRYABLE, failing -> Duration.ofNanos(50_000), this),
                new EngineRuntime(threads.workers, threads::schedule, System::nanoTime, this, new EngineListener() {}));
        engine.assigned(CONSUMER, List.of(partition(0), partition(1)));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("triggers", number);
    }

    /** Delivers like a consumer thread. */
    void deliver(int number) {
        for (int offset = 0; offset < RECORDS; offset++) {
            deliver(partition(number), offset);
        }
    }

    private void deliver(TopicPartition partition, long offset) {
        String id = "id-" + ThreadLocalRandom.current().nextInt(IDS);
        var work = new Work.Refresh(EngineHarness.trigger(id, OptionalLong.empty()), RetryHistory.NONE);
        engine.accept(
                CONSUMER,
                new Delivery(partition, offset, work, 1, () -> committed.merge(partition, offset + 1, Math::max)));
    }

    /** Assigns and revokes like a third consumer thread, and requests ids like an operator. */
    void disturb() {
        List<TopicPartition> one = List.of(COMES_AND_GOES);
        for (int i = 0; i < 5; i++) {
            engine.assigned(CONSUMER, one);
            deliver(COMES_AND_GOES, i);
            deliver(COMES_AND_GOES, i + 100);
            engine.request(EngineHarness.trigger("id-" + i, OptionalLong.empty()), i % 2 == 0);
            engine.ids().retryNow("id-" + i);
            engine.release(CONSUMER, one).orTimeout(LIMIT, TimeUnit.NANOSECONDS).join();
            engine.fence(CONSUMER, one);
        }
    }

    /** Waits without calling the engine, because a call would find work that a lost wake-up left. */
    void check() {
        await(() -> isCommitted(0) && isCommitted(1));
        await(() -> engine.requests() == 0);
        await(paused::isEmpty);
        EngineStatus status = engine.status(10);
        assertThat(status.pending()).as("%s", status).isZero();
        assertThat(paused).as("a resume was lost? %s", status).isEmpty();
        assertThat(violations).isEmpty();
    }

    private boolean isCommitted(int number) {
        return committed.getOrDefault(partition(number), 0L) == RECORDS;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("a wake-up was lost").isLessThan(end);
            LockSupport.parkNanos(20_000);
        }
    }

    @Override
    public int maxIds() {
        return 3;
    }

    @Override
    public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
        ids.forEach(id -> {
            if (!running.add(id)) {
                violations.add(id + " runs twice at once");
            }
        });
        int chance = ThreadLocalRandom.current().nextInt(30);
        if (chance < 4) {
            ids.forEach(running::remove);
        }
        if (ThreadLocalRandom.current().nextBoolean()) {
            return CompletableFuture.supplyAsync(() -> answer(ids, chance), threads.answers);
        }
        return CompletableFuture.completedFuture(answer(ids, chance));
    }

    private static Answer<String> answer(List<String> ids, int chance) {
        if (chance == 0) {
            return new Answer.Refused<>(Duration.ofNanos(50_000));
        }
        if (chance < 4) {
            throw new IllegalStateException("as scripted");
        }
        Map<String, Snapshot<String>> answers = new HashMap<>();
        ids.forEach(id -> answers.put(id, new Snapshot.Found<>(id, "state", OptionalLong.empty())));
        return new Answer.Given<>(answers);
    }

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {
        snapshots.forEach(snapshot -> running.remove(snapshot.id()));
        if (ThreadLocalRandom.current().nextInt(10) == 0) {
            throw new IllegalStateException("as scripted");
        }
    }

    @Override
    public String retryTopic() {
        return "triggers-retry";
    }

    @Override
    public void defer(List<Deferred> triggers) {}

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) {}

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        paused.removeAll(partitions);
    }
}
