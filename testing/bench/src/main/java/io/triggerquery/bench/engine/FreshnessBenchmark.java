package io.triggerquery.bench.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.EngineRuntime;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures how long a caller waits until an id is projected, from a source that answers after {@code sourceMillis}.
 * With {@code load=full} a thread delivers triggers of other ids as fast as the engine accepts them, so that there are
 * always between 5,000 and 10,000 pending ids, all of which have arrived before the awaited one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Threads(4)
public class FreshnessBenchmark {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PARALLELISM = 16;
    private static final int MAX_PENDING = 10_000;

    @Param({"none", "full"})
    String load = "none";

    @Param("5")
    int sourceMillis;

    private ScheduledThreadPoolExecutor timer;
    private ExecutorService workers;
    private Thread delivering;
    private Gate gate;
    private TriggerEngine engine;
    private volatile boolean stopped;

    /** Creates the engine, its threads and the load. */
    @Setup(Level.Trial)
    public void begin() {
        timer = new ScheduledThreadPoolExecutor(1);
        timer.setRemoveOnCancelPolicy(true);
        workers = Executors.newFixedThreadPool(PARALLELISM);
        var topic = new Topic(12, Ids.distinct(1_000_000));
        delivering = new Thread(() -> deliver(topic));
        gate = new Gate(delivering);
        engine = engine(gate);
        engine.assigned(this, topic.partitions());
        delivering.start();
    }

    private void deliver(Topic topic) {
        while (!stopped && load.equals("full")) {
            gate.pass();
            engine.accept(this, topic.next());
        }
    }

    private TriggerEngine engine(Gate intake) {
        var pipeline = new Pipeline<>(
                new SlowAnswers(100, Duration.ofMillis(sourceMillis), timer),
                new Discarding(),
                failure -> FailureKind.RETRYABLE,
                failing -> Duration.ofSeconds(1),
                new NoFailureSinks());
        var runtime = new EngineRuntime(
                workers,
                (delay, action) -> {
                    Future<?> scheduled = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> scheduled.cancel(false);
                },
                System::nanoTime,
                intake,
                new EngineListener() {});
        return new TriggerEngine(
                new EngineSettings(
                        new EngineSettings.Limits(PARALLELISM, 100, MAX_PENDING, 1_000, 100_000),
                        new EngineSettings.Timing(Duration.ZERO, Duration.ofSeconds(2), LONG, LONG)),
                pipeline,
                runtime);
    }

    /** Waits until the id of the calling thread is projected. */
    @Benchmark
    public FreshnessResult await() throws Exception {
        var answer = new CompletableFuture<FreshnessResult>();
        var id = new Trigger("triggers", Thread.currentThread().getName(), OptionalLong.empty(), Instant.EPOCH);
        engine.freshReads().await(id, OptionalLong.empty(), LONG, answer::complete);
        FreshnessResult result = answer.get();
        if (!result.isFresh()) {
            throw new IllegalStateException("not fresh: " + result);
        }
        return result;
    }

    /** Ends the load and the threads. */
    @TearDown(Level.Trial)
    public void end() throws Exception {
        stopped = true;
        delivering.join();
        workers.shutdown();
        timer.shutdownNow();
    }
}
