package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** A partition: its log, its committed offset and its owner. */
final class SimulatedPartition {

    /**
     * The content of a record, or of a part of it.
     *
     * @param id the id of a trigger, else null
     * @param truth the version that the projection must have reached when this is settled
     */
    record Content(Kind kind, String id, OptionalLong version, long truth) {

        static Content trigger(String id, OptionalLong version, long truth) {
            return new Content(Kind.TRIGGER, id, version, truth);
        }

        static Content of(Kind kind) {
            return new Content(kind, null, OptionalLong.empty(), 0);
        }
    }

    /** The kinds of contents. */
    enum Kind {
        TRIGGER,
        /** A message without a valid id. */
        MESSAGE,
        /** A record that does not concern the listener. */
        IGNORED
    }

    /**
     * A record.
     *
     * @param contents one content, or several parts
     * @param history the retry history at the time of sending
     */
    record Entry(long offset, List<Content> contents, RetryHistory history, long sentAt) {

        boolean concerns(String id) {
            return contents.stream().anyMatch(content -> id.equals(content.id()));
        }
    }

    final TopicPartition name;
    final List<Entry> log = new ArrayList<>();
    long committed;
    SimulatedAssignment owner;

    SimulatedPartition(TopicPartition name) {
        this.name = name;
    }

    /**
     * Appends a record.
     *
     * @param gap the number of skipped offsets, as after compaction or transaction markers
     */
    void append(int gap, List<Content> contents, RetryHistory history, long now) {
        long offset = gap + (log.isEmpty() ? 0 : log.get(log.size() - 1).offset() + 1);
        log.add(new Entry(offset, contents, history, now));
    }

    /** Returns the offset at which a new consumer of the partition begins. */
    int firstUncommitted() {
        int index = 0;
        while (index < log.size() && log.get(index).offset() < committed) {
            index++;
        }
        return index;
    }

    boolean isCommittedToItsEnd() {
        return firstUncommitted() == log.size();
    }

    @Override
    public String toString() {
        return name + " committed to " + committed;
    }
}
