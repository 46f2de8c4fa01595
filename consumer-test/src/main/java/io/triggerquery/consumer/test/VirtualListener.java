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
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * One process with the listener: the real engine between a virtual broker and virtual workers.
 *
 * <p>Threads: the test's.
 */
final class VirtualListener {

    private final VirtualTime time;
    private final VirtualWorkers workers = new VirtualWorkers();
    private final LastFailures failures = new LastFailures();
    private final VirtualBroker broker;
    private final Supplier<TriggerEngine> makeEngine;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private TriggerEngine engine;

    /** What the listener does with an id, but for its outlets, which are the broker. */
    interface Stages {
        Pipeline<Object> with(VirtualBroker failureSinks);
    }

    VirtualListener(ListenerSettings settings, VirtualTime time, VirtualBroker broker, Stages stages) {
        this.time = time;
        this.broker = broker;
        this.makeEngine = () -> new TriggerEngine(
                settings.engine(),
                stages.with(broker),
                new EngineRuntime(workers, time, time, new PausedPartitions(), failures));
        this.engine = makeEngine.get();
    }

    /** Does whatever can be done without time passing. */
    void run() {
        boolean busy;
        do {
            deliver();
            busy = workers.runNext();
        } while (busy);
    }

    /** Lets time pass until the given moment, doing what becomes due. Returns false if nothing was left to do before. */
    boolean runNext(long until) {
        boolean rang = time.ringNext(until);
        run();
        return rang;
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
                new Delivery(
                        message.partition(),
                        message.offset(),
                        new Work.Refresh(message.trigger(), message.pastAt(time.getAsLong())),
                        message.trigger().id().length(),
                        () -> broker.commit(message)));
    }

    /** Dies, and starts again with what is not committed. */
    void restart() {
        time.forget();
        workers.forget();
        assigned.clear();
        paused.clear();
        engine = makeEngine.get();
        broker.rewind();
    }

    /** An error that says what is not settled, and why. */
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
