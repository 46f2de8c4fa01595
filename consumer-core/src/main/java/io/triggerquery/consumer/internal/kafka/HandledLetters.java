package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Offsets;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead letters that were replayed or discarded by a selection.
 *
 * <p>Threads: one at a time.
 */
final class HandledLetters {

    private final OffsetSet discarded = new OffsetSet();
    private final OffsetSet replayed = new OffsetSet();

    void add(LetterState state, Offsets letters) {
        (state == LetterState.DISCARDED ? discarded : replayed).add(letters);
    }

    /** Returns what was done with a letter; of both, that it was discarded. */
    LetterState state(TopicPartition partition, long offset) {
        if (discarded.contains(partition, offset)) {
            return LetterState.DISCARDED;
        }
        return replayed.contains(partition, offset) ? LetterState.REPLAYED : LetterState.OPEN;
    }
}
