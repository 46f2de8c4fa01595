package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Delivery;
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
 * One core, from a trigger's arrival until it is settled: so many distinct ids arrive, then workers on the same thread
 * do them all, and again, until a million triggers are settled. The collector has that core too.
 *
 * <p>{@code pending} is how many ids arrive before the workers begin, so it is the largest backlog. {@code batch} is
 * how many ids one query takes. Records come from each partition in turn, the worst case for the trackers.
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

    private final ByHand workers = new ByHand();
    private String[] ids;
    private Topic topic;
    private TriggerEngine engine;

    /** Makes the ids, which the engine keeps as they are. */
    @Setup
    public void makeIds() {
        ids = Ids.distinct(pending);
    }

    /** Makes the engine and everything that it meets. */
    @Setup(Level.Iteration)
    public void begin() {
        topic = new Topic(partitions, ids);
        engine = Engines.engine(1, batch, 2L * TRIGGERS, workers, new OpenIntake());
        engine.assigned(this, topic.partitions());
    }

    /** Accepts and settles. */
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
     * Only finds each id in a map, as whatever makes one query of several triggers must: how much slower it gets with
     * more ids is the processor's caches, not the engine.
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

    /** Only makes what arrives: to be taken off {@link #acceptToSettle}, whose time and bytes include it. */
    @Benchmark
    @OperationsPerInvocation(TRIGGERS)
    public void arrivalsAlone(Cpu cpu, Blackhole nobody) {
        for (int i = 0; i < TRIGGERS; i++) {
            nobody.consume(topic.next());
        }
    }
}
