package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** One partition: its log, what is committed, and who may commit. */
final class SimulatedPartition {

    /**
     * What a record contains, or a part of it.
     *
     * @param id the id, or null unless it is a trigger
     * @param truth the version that the projection must have reached once this is settled
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
        /** A message that is no trigger. */
        MESSAGE,
        /** A record that is not meant for the listener. */
        IGNORED
    }

    /**
     * A record.
     *
     * @param contents one, or several parts
     * @param history what it had been through when it was sent
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
     * @param gap how many offsets are left out, as by compaction and transaction markers
     */
    void append(int gap, List<Content> contents, RetryHistory history, long now) {
        long offset = gap + (log.isEmpty() ? 0 : log.get(log.size() - 1).offset() + 1);
        log.add(new Entry(offset, contents, history, now));
    }

    /** Where a consumer that has just got the partition begins to read. */
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
