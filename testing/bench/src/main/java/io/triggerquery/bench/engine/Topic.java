package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that a consumer reads, each from the next partition, as the engine receives them. A record creates the
 * objects that the framework's own message listener creates, apart from its id.
 *
 * <p>Threads: one.
 */
final class Topic {

    private static final String NAME = "triggers";

    private final List<TopicPartition> partitions = new ArrayList<>();
    private final long[] offsets;
    private final String[] ids;
    private int nextPartition;
    private int nextId;
    private long sentAt = 1_700_000_000_000L;
    private long acknowledged;

    /**
     * Creates a topic.
     *
     * @param ids the ids of its records, which repeat
     */
    Topic(int partitions, String[] ids) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new TopicPartition(NAME, i));
        }
        this.offsets = new long[partitions];
        this.ids = ids;
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** Returns the number of acknowledgments. */
    long acknowledged() {
        return acknowledged;
    }

    Delivery next() {
        int at = nextPartition;
        nextPartition = at + 1 == offsets.length ? 0 : at + 1;
        String id = ids[nextId];
        nextId = nextId + 1 == ids.length ? 0 : nextId + 1;
        var trigger = new Trigger(NAME, id, OptionalLong.empty(), Instant.ofEpochMilli(sentAt++));
        long offset = offsets[at]++;
        return new Delivery(
                partitions.get(at),
                offset,
                new Work.Refresh(trigger, RetryHistory.NONE),
                15,
                () -> acknowledge(offset));
    }

    private void acknowledge(long offset) {
        acknowledged += 1 + offset % 2;
    }
}
