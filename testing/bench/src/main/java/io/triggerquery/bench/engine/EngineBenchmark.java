package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures the engine on one core, from a trigger's arrival until it is settled: some distinct ids arrive, then workers
 * on the same thread do them all, repeatedly, until a million triggers are settled. The garbage collector uses the same
 * core.
 *
 * <p>{@code pending} is the number of ids that arrive before the workers start, which is the largest backlog. {@code
 * batch} is the number of ids in a query. Records come from each partition in turn, which is the worst case for the
 * offset trackers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms6g", "-Xmx6g", "-Xmn4g"})
public class EngineBenchmark {

    private static final int TRIGGERS = 1_000_000;

    @Param({"1", "12", "1000"})
    int partitions;

    @Param({"1000", "10000", "100000", "1000000"})
    int pending;

    @Param({"100", "1"})
    int batch;

    /** The size of the journal, which is off by default: {@code -p journal=0,1000} shows what it costs. */
    @Param("0")
    int journal;

    private final CallerThreadExecutor workers = new CallerThreadExecutor();
    private String[] ids;
    private Topic topic;
    private TriggerEngine engine;

    /** Creates the ids, which the engine stores as they are. */
    @Setup
    public void makeIds() {
        ids = Ids.distinct(pending);
    }

    /** Creates the engine. */
    @Setup(Level.Iteration)
    public void begin() {
        topic = new Topic(partitions, ids);
        engine = Engines.engine(
                new EngineSettings.Limits(1, batch, 2L * TRIGGERS, 1_000, 100_000, 0, journal),
                workers,
                new UnpausedIntake());
        engine.assigned(this, topic.partitions());
    }

    /** Accepts and settles triggers. */
    @Benchmark
    @OperationsPerInvocation(TRIGGERS)
    public long acceptToSettle(Cpu cpu) {
        for (int done = 0; done < TRIGGERS; done += pending) {
            for (int i = 0; i < pending; i++) {
                engine.accept(this, topic.next());
            }
            workers.run();
        }
        if (engine.pending() != 0) {
            throw new IllegalStateException(engine.pending() + " triggers were not settled");
        }
        return topic.acknowledged();
    }

    /**
     * Only looks up each id in a map, which any program that merges triggers must do. If this becomes slower with more
     * ids, the cause is the processor's caches, not the engine.
     */
    @Benchmark
    @OperationsPerInvocation(TRIGGERS)
    public int mapAlone(Cpu cpu) {
        Map<String, Delivery> pendingById = new HashMap<>();
        int found = 0;
        for (int done = 0; done < TRIGGERS; done += pending) {
            for (int i = 0; i < pending; i++) {
                Delivery delivery = topic.next();
                pendingById.put(delivery.work().name(), delivery);
            }
            for (String id : ids) {
                found += pendingById.remove(id) == null ? 0 : 1;
            }
        }
        return found;
    }

    /** Only creates the records, to be subtracted from {@link #acceptToSettle}, whose time and bytes include it. */
    @Benchmark
    @OperationsPerInvocation(TRIGGERS)
    public void arrivalsAlone(Cpu cpu, Blackhole blackhole) {
        for (int i = 0; i < TRIGGERS; i++) {
            blackhole.consume(topic.next());
        }
    }
}
