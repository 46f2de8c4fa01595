package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Offsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A set of offsets of partitions.
 *
 * <p>Threads: one at a time. Bounds: a bit for each offset between the lowest and the highest in each block of 65,536.
 */
final class OffsetSet {

    private static final int BLOCK_BITS = 16;
    private static final long MASK = (1L << BLOCK_BITS) - 1;

    private final Map<TopicPartition, Map<Long, BitSet>> blocks = new HashMap<>();

    void add(Offsets offsets) {
        offsets.ranges().forEach((partition, ranges) -> ranges.forEach(range -> add(partition, range)));
    }

    private void add(TopicPartition partition, Offsets.Range range) {
        Map<Long, BitSet> ofPartition = blocks.computeIfAbsent(partition, any -> new HashMap<>());
        long offset = range.first();
        while (offset <= range.last()) {
            long last = Math.min(range.last(), offset | MASK);
            ofPartition
                    .computeIfAbsent(offset >>> BLOCK_BITS, any -> new BitSet())
                    .set((int) (offset & MASK), (int) (last & MASK) + 1);
            offset = last + 1;
        }
    }

    boolean contains(TopicPartition partition, long offset) {
        Map<Long, BitSet> ofPartition = blocks.get(partition);
        BitSet block = ofPartition == null ? null : ofPartition.get(offset >>> BLOCK_BITS);
        return block != null && block.get((int) (offset & MASK));
    }
}
