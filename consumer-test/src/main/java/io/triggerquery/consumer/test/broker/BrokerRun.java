package io.triggerquery.consumer.test.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.test.faults.Faults.Action;
import io.triggerquery.consumer.test.guarantees.ListenerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/**
 * A run of the application on a real broker: instances start and stop while the source changes states and sends
 * triggers.
 *
 * <p>Threads: the test's thread; under load, one more that changes states and sends triggers.
 */
final class BrokerRun implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int LOAD_BEFORE_AND_AFTER = 100;

    private final RealBroker broker = new RealBroker();
    private final HttpSource source;
    private final ApplicationUnderTest application;
    private final ListenerUnderTest subject;
    private final Random random = new Random();
    private final List<Instance> instances = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Map<String, Long> truth = new ConcurrentHashMap<>();

    private record Sent(TopicPartition partition, long offset, String id, long version) {}

    BrokerRun(ApplicationUnderTest application, ListenerUnderTest subject) {
        this.application = application;
        this.subject = subject;
        try {
            this.source = new HttpSource(application.source());
        } catch (IOException failure) {
            throw new IllegalStateException("Cannot open a port for the source.", failure);
        }
    }

    Instance start() {
        Instance started = application.start(broker, source);
        instances.add(started);
        return started;
    }

    void stop(Instance instance) {
        instances.remove(instance);
        instance.close();
    }

    Instance first() {
        return instances.get(0);
    }

    /** Runs an action while states change and triggers are sent; the source fails some of the queries at first. */
    void underLoad(Action action) throws Exception {
        var stop = new AtomicBoolean();
        var load = new FutureTask<>(() -> {
            for (int after = 0; after < LOAD_BEFORE_AND_AFTER; after += stop.get() ? 1 : 0) {
                change();
            }
            return true;
        });
        new Thread(load, "load").start();
        try {
            awaitLoad();
            action.run();
        } finally {
            stop.set(true);
            load.get();
        }
    }

    /** Takes the source down under load, so that triggers accumulate in the instances. */
    void sourceGoesDown() {
        source.script().down();
        awaitLoad();
    }

    void sourceComesBack() {
        source.script().up();
    }

    private void awaitLoad() {
        int before = sent.size();
        await("more triggers are sent").atMost(TIMEOUT).until(() -> sent.size() >= before + LOAD_BEFORE_AND_AFTER);
    }

    /**
     * Changes a state and sends its trigger. Most ids are triggered once, so that no later trigger hides a lost one.
     */
    private void change() throws Exception {
        String id = sent.isEmpty() || random.nextInt(4) > 0
                ? subject.ids().apply(sent.size() + 1)
                : sent.get(random.nextInt(sent.size())).id();
        long version = truth.merge(id, 1L, Long::sum);
        source.script().answers(id, subject.states().of(id, version));
        if (random.nextInt(10) == 0) {
            source.script().next(1).fails(id, random.nextBoolean() ? 500 : 503);
        }
        String topic = first().topics().get(random.nextInt(first().topics().size()));
        var metadata = broker.send(topic, subject.records().of(id, version));
        sent.add(new Sent(new TopicPartition(topic, metadata.partition()), metadata.offset(), id, version));
    }

    /** Waits until the projection equals the source and all offsets are committed. */
    void awaitConverged() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> truth.forEach(
                        (id, version) -> assertThat(subject.version().apply(id))
                                .as("the projection's version of %s", id)
                                .hasValue(version)));
        await("all offsets are committed")
                .atMost(TIMEOUT)
                .until(() -> broker.isDone(first().topics(), first().group()));
    }

    /**
     * Asserts that every trigger below the committed offsets is applied, unless a later trigger of its id is not
     * committed.
     */
    void assertCommittedIsApplied() throws Exception {
        Map<TopicPartition, Long> committed = broker.committed(first().group());
        Map<String, Sent> newest = new HashMap<>();
        sent.forEach(trigger -> newest.put(trigger.id(), trigger));
        newest.values().stream()
                .filter(trigger -> trigger.offset() < committed.getOrDefault(trigger.partition(), 0L))
                .forEach(trigger -> assertThat(subject.version().apply(trigger.id()))
                        .as("the projection's version of %s, whose trigger is committed", trigger.id())
                        .hasValue(trigger.version()));
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        source.close();
        broker.close();
    }
}
