package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the engine on all cores: one thread delivers, many do the rounds, and all need the engine's lock. Without a
 * network the threads compete for it far more often than in an application, so this is the upper limit that the lock
 * sets.
 *
 * <p>At 10,000 pending triggers the delivering thread waits until half of them are done.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class ContentionBenchmark {

    private static final int TRIGGERS = 200_000;
    private static final int MAX_PENDING = 10_000;

    @Param({"16", "64"})
    int workers;

    @Param({"12", "1000"})
    int partitions;

    @Param({"100", "1"})
    int batch;

    @Param({"distinct", "zipf"})
    String ids = "distinct";

    private String[] made;
    private ExecutorService threads;
    private Gate gate;
    private Topic topic;
    private TriggerEngine engine;

    /** Creates the ids, which the engine stores as they are. */
    @Setup
    public void makeIds() {
        made = ids.equals("zipf") ? Ids.zipf(TRIGGERS, 1_000) : Ids.distinct(TRIGGERS);
    }

    /** Creates the engine and its threads. */
    @Setup(Level.Iteration)
    public void begin() {
        threads = Executors.newFixedThreadPool(workers);
        gate = new Gate(Thread.currentThread());
        topic = new Topic(partitions, made);
        engine = Engines.engine(workers, batch, MAX_PENDING, threads, gate);
        engine.assigned(this, topic.partitions());
    }

    /** Accepts and settles triggers. */
    @Benchmark
    @OperationsPerInvocation(TRIGGERS)
    public void acceptToSettle(Cpu cpu) {
        for (int i = 0; i < TRIGGERS; i++) {
            gate.pass();
            engine.accept(this, topic.next());
        }
        while (engine.pending() != 0) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Stops the threads. */
    @TearDown(Level.Iteration)
    public void end() {
        threads.shutdown();
    }
}
