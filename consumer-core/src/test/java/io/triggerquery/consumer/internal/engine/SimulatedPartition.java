package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** One partition: its log, what is committed, and who may commit. */
final class SimulatedPartition {

    /**
     * A record.
     *
     * @param id of what; null in a message that is no trigger
     * @param truth the version that the projection must have reached once this is settled
     * @param history what it had been through when it was sent
     */
    record Entry(long offset, String id, OptionalLong version, long truth, RetryHistory history, long sentAt) {}

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
    void append(int gap, String id, OptionalLong version, long truth, RetryHistory history, long now) {
        long offset = gap + (log.isEmpty() ? 0 : log.get(log.size() - 1).offset() + 1);
        log.add(new Entry(offset, id, version, truth, history, now));
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
