package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Partitions of triggers, of the retry topic, and the dead-letter topic. */
final class SimulatedBroker {

    static final String RETRY_TOPIC = "triggers-retry";

    private static final String TOPIC = "triggers";

    private final List<SimulatedPartition> triggers = new ArrayList<>();
    private final List<SimulatedPartition> retries = new ArrayList<>();
    private final SimulatedWorld world;

    final List<SimulatedPartition> partitions = new ArrayList<>();
    final Set<String> deadIds = new HashSet<>();
    final Set<Entry> deadMessages = new HashSet<>();
    boolean rejects;

    SimulatedBroker(SimulatedWorld world) {
        this.world = world;
        Scenario.Cluster cluster = world.scenario.cluster();
        for (int i = 0; i < cluster.partitions(); i++) {
            triggers.add(new SimulatedPartition(new TopicPartition(TOPIC, i)));
        }
        for (int i = 0; i < cluster.retryPartitions(); i++) {
            retries.add(new SimulatedPartition(new TopicPartition(RETRY_TOPIC, i)));
        }
        partitions.addAll(triggers);
        partitions.addAll(retries);
    }

    /** Sends a trigger, mostly to the partition of its id: a changed partition count may put an id elsewhere. */
    void send(String id, OptionalLong version, long truth) {
        int number = world.random.nextInt(10) == 0 ? world.random.nextInt(triggers.size()) : id.hashCode();
        append(triggers.get(Math.floorMod(number, triggers.size())), id, version, truth, RetryHistory.NONE);
    }

    /** Sends what is no trigger. */
    void sendMessage() {
        append(triggers.get(world.random.nextInt(triggers.size())), null, OptionalLong.empty(), 0, RetryHistory.NONE);
    }

    /** Sends a trigger to the retry topic. */
    void defer(Trigger trigger, long truth, RetryHistory history) {
        append(retries.get(world.random.nextInt(retries.size())), trigger.id(), trigger.version(), truth, history);
    }

    private void append(SimulatedPartition partition, String id, OptionalLong version, long truth, RetryHistory history) {
        int gap = world.random.nextInt(4) == 0 ? world.random.nextInt(3) : 0;
        partition.append(gap, id, version, truth, history, world.now);
    }

    /** Whether nothing that was sent of an id is uncommitted. */
    boolean hasDone(String id) {
        for (SimulatedPartition partition : partitions) {
            for (Entry entry : partition.log) {
                if (id.equals(entry.id()) && entry.offset() >= partition.committed) {
                    return false;
                }
            }
        }
        return !deadIds.contains(id);
    }

    /** A random trigger that was sent before, or null if there is none. */
    Entry sentBefore() {
        List<Entry> log = triggers.get(world.random.nextInt(triggers.size())).log;
        Entry entry = log.isEmpty() ? null : log.get(world.random.nextInt(log.size()));
        return entry == null || entry.id() == null ? null : entry;
    }

    /** What a record asks for when it is delivered. */
    Work work(Entry entry) {
        if (entry.id() == null) {
            return new Work.DeadLetter("@" + entry.offset(), "no trigger", new DeadLetter(entry));
        }
        var trigger = SimulatedWorld.trigger(entry.id(), entry.version());
        if (entry.history().failures() == 0) {
            return new Work.Refresh(trigger, RetryHistory.NONE);
        }
        Duration waited = Duration.ofMillis(world.now - entry.sentAt());
        return new Work.Refresh(
                trigger,
                new RetryHistory(entry.history().failures(), entry.history().failingFor().plus(waited), waited));
    }

    /** Lets a write fail, or be done although it seems to have failed. Returns whether it is to be done at all. */
    void write(Runnable append, Happening failed) {
        boolean fails = rejects ? world.random.nextInt(4) > 0 : !world.calm && world.random.nextInt(12) == 0;
        boolean done = !fails || world.random.nextInt(3) == 0;
        if (done) {
            append.run();
        }
        if (fails) {
            world.saw(done ? Happening.DEFERRED_UNKNOWINGLY : failed);
            throw new SimulatedFailure(FailureKind.RETRYABLE, 1, null);
        }
    }

    /** Sends a message to the dead-letter topic. */
    final class DeadLetter implements Work.Sending {

        private final Entry entry;
        boolean sent;

        private DeadLetter(Entry entry) {
            this.entry = entry;
        }

        @Override
        public void send() {
            write(() -> deadMessages.add(entry), Happening.NOT_DEAD_LETTERED);
            world.saw(Happening.DEAD_LETTERED_MESSAGE);
            sent = true;
        }

        /** Other than the default one, the same in each replay. */
        @Override
        public int hashCode() {
            return Long.hashCode(entry.offset());
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }
}
