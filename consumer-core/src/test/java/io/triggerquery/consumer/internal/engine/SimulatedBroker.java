package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Content;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Entry;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The partitions of the trigger topics, the retry topic and the dead-letter topic. */
final class SimulatedBroker {

    static final String RETRY_TOPIC = "triggers-retry";

    /** The topics of the triggers. */
    static final List<String> TOPICS = List.of("triggers", "others");

    private final List<SimulatedPartition> triggers = new ArrayList<>();
    private final List<SimulatedPartition> retries = new ArrayList<>();
    private final SimulatedWorld world;

    final List<SimulatedPartition> partitions = new ArrayList<>();
    final Set<String> deadIds = new HashSet<>();
    boolean rejects;
    boolean hasFailedToDecode;

    /** The topics for which the decoder fails. */
    List<String> undecodable = List.of();

    SimulatedBroker(SimulatedWorld world) {
        this.world = world;
        Scenario.Cluster cluster = world.scenario.cluster();
        for (int i = 0; i < cluster.partitions(); i++) {
            triggers.add(new SimulatedPartition(new TopicPartition(TOPICS.get(i % 2), i)));
        }
        for (int i = 0; i < cluster.retryPartitions(); i++) {
            retries.add(new SimulatedPartition(new TopicPartition(RETRY_TOPIC, i)));
        }
        partitions.addAll(triggers);
        partitions.addAll(retries);
    }

    /** Sends a trigger, mostly to the partition of its id; a changed partition count may move an id. */
    void send(String id, OptionalLong version, long truth) {
        int number = world.random.nextInt(10) == 0 ? world.random.nextInt(triggers.size()) : id.hashCode();
        SimulatedPartition partition = triggers.get(Math.floorMod(number, triggers.size()));
        append(partition, List.of(Content.trigger(id, version, truth)), RetryHistory.NONE);
    }

    /** Sends a record with these contents. */
    void send(List<Content> contents) {
        append(triggers.get(world.random.nextInt(triggers.size())), contents, RetryHistory.NONE);
    }

    /** Sends a trigger to the retry topic. */
    void defer(Trigger trigger, long truth, RetryHistory history) {
        SimulatedPartition partition = retries.get(world.random.nextInt(retries.size()));
        append(partition, List.of(Content.trigger(trigger.id(), trigger.version(), truth)), history);
    }

    private void append(SimulatedPartition partition, List<Content> contents, RetryHistory history) {
        int gap = world.random.nextInt(4) == 0 ? world.random.nextInt(3) : 0;
        partition.append(gap, contents, history, world.now);
    }

    /** Returns whether everything that was sent for an id is committed. */
    boolean hasDone(String id) {
        for (SimulatedPartition partition : partitions) {
            for (Entry entry : partition.log) {
                if (entry.concerns(id) && entry.offset() >= partition.committed) {
                    return false;
                }
            }
        }
        return !deadIds.contains(id);
    }

    /** Returns the contents of a random earlier record, or nothing. */
    List<Content> sentBefore() {
        List<Entry> log = triggers.get(world.random.nextInt(triggers.size())).log;
        return log.isEmpty()
                ? List.of()
                : log.get(world.random.nextInt(log.size())).contents();
    }

    /** Returns the work of a delivered record. */
    Work work(Entry entry, String topic) {
        if (undecodable.contains(topic)) {
            world.saw(SimulationEvent.UNDECODED);
            hasFailedToDecode = true;
            return new Work.Undecoded("@" + entry.offset(), new Decoding(entry, topic), new DeadLetter(entry));
        }
        return decoded(entry);
    }

    private Work decoded(Entry entry) {
        List<Work> parts =
                entry.contents().stream().map(content -> work(entry, content)).toList();
        return parts.size() == 1 ? parts.get(0) : new Work.Several(parts);
    }

    private Work work(Entry entry, Content content) {
        return switch (content.kind()) {
            case MESSAGE -> new Work.DeadLetter("@" + entry.offset(), "no trigger", new DeadLetter(entry));
            case IGNORED -> new Work.Ignored("@" + entry.offset());
            case TRIGGER -> new Work.Refresh(SimulatedWorld.trigger(content.id(), content.version()), history(entry));
        };
    }

    private RetryHistory history(Entry entry) {
        return entry.history().after(Duration.ofMillis(world.now - entry.sentAt()));
    }

    /** May let a write fail, with or without its effect. Returns whether to write. */
    void write(Runnable append, SimulationEvent failed) {
        boolean fails = rejects ? world.random.nextInt(4) > 0 : !world.faultsEnded && world.random.nextInt(12) == 0;
        boolean done = !fails || world.random.nextInt(3) == 0;
        if (done) {
            append.run();
        }
        if (fails) {
            world.saw(done ? SimulationEvent.DEFERRED_DESPITE_ERROR : failed);
            throw new SimulatedFailure(FailureKind.RETRYABLE, 1, null);
        }
    }

    /** Decodes a record whose decoder has failed. */
    final class Decoding implements Work.Decoding {

        private final Entry entry;
        private final String topic;

        private Decoding(Entry entry, String topic) {
            this.entry = entry;
            this.topic = topic;
        }

        Entry entry() {
            return entry;
        }

        String topic() {
            return topic;
        }

        @Override
        public Work decode() {
            if (undecodable.contains(topic) || !world.faultsEnded && world.random.nextInt(8) == 0) {
                throw new SimulatedFailure(FailureKind.RETRYABLE, 1, null);
            }
            world.saw(SimulationEvent.DECODED);
            return decoded(entry);
        }

        /** Unlike the default, the same in each replay. */
        @Override
        public int hashCode() {
            return Long.hashCode(entry.offset());
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
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
            write(this::append, SimulationEvent.NOT_DEAD_LETTERED);
            world.saw(SimulationEvent.DEAD_LETTERED_MESSAGE);
            sent = true;
        }

        /** Sends a trigger for each of its ids. */
        private void append() {
            for (Content content : entry.contents()) {
                if (content.kind() == Kind.TRIGGER) {
                    deadIds.add(content.id());
                }
            }
        }

        /** Unlike the default, the same in each replay. */
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
