package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.EngineRuntime;
import io.triggerquery.consumer.internal.engine.Intake;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.listener.ListenerSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * One process with the listener: the real engine between a virtual broker and virtual workers.
 *
 * <p>Threads: the test's thread.
 */
final class VirtualListener {

    private final VirtualTime time;
    private final VirtualWorkers workers = new VirtualWorkers();
    private final LastFailures failures = new LastFailures();
    private final VirtualBroker broker;
    private final KitRecords records;
    private final Supplier<TriggerEngine> engineFactory;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private TriggerEngine engine;

    /** Creates the pipeline of the listener with the given failure sinks. */
    interface PipelineFactory {
        Pipeline<Object> with(VirtualBroker failureSinks);
    }

    VirtualListener(
            ListenerSettings settings,
            VirtualTime time,
            VirtualBroker broker,
            KitRecords records,
            PipelineFactory pipelines) {
        this.time = time;
        this.broker = broker;
        this.records = records;
        this.engineFactory = () -> new TriggerEngine(
                settings.engine(),
                pipelines.with(broker),
                new EngineRuntime(workers, time, time, new PausedPartitions(), failures));
        this.engine = engineFactory.get();
    }

    /** Runs everything that can run without advancing the time. */
    void run() {
        boolean busy;
        do {
            deliver();
            busy = workers.runNext();
        } while (busy);
    }

    /**
     * Advances to the next due action and runs it, or to the given time. Returns false if no action was due before it.
     */
    boolean runNext(long until) {
        boolean advanced = time.runNext(until);
        run();
        return advanced;
    }

    private void deliver() {
        for (var next = broker.poll(paused::contains); next != null; next = broker.poll(paused::contains)) {
            deliver(next);
        }
    }

    private void deliver(VirtualBroker.Message message) {
        if (assigned.add(message.partition())) {
            engine.assigned(this, List.of(message.partition()));
        }
        engine.accept(
                this,
                new Delivery(message.partition(), message.offset(), work(message), 1, () -> broker.commit(message)));
    }

    private Work work(VirtualBroker.Message message) {
        return message.record() == null
                ? new Work.Refresh(Objects.requireNonNull(message.trigger()), message.historyAt(time.getAsLong()))
                : records.work(message.record(), broker);
    }

    /** Simulates a crash and a restart with the uncommitted messages. */
    void restart() {
        time.clear();
        workers.clear();
        assigned.clear();
        paused.clear();
        engine = engineFactory.get();
        broker.rewind();
    }

    /** Returns an error that names the unsettled ids and their failures. */
    AssertionError unsettled(Duration waited) {
        return failures.unsettled(broker.unsettled(), waited);
    }

    private final class PausedPartitions implements Intake {

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            paused.addAll(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            paused.removeAll(partitions);
        }
    }
}
