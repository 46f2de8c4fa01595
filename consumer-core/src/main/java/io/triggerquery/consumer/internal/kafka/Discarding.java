package io.triggerquery.consumer.internal.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Marks the letters that it visits as discarded. */
final class Discarding implements LetterScan.Visitor {

    private final HandledLettersTopic handled;
    private final Map<TopicPartition, List<Long>> letters = new HashMap<>();
    private long count;

    Discarding(HandledLettersTopic handled) {
        this.handled = handled;
    }

    @Override
    public boolean visit(DeadLetter letter, LetterState state) {
        letters.computeIfAbsent(letter.partition(), any -> new ArrayList<>())
                .add(letter.message().offset());
        return true;
    }

    @Override
    public void polled(TopicScan scan, HandledLettersTopic.Loaded loaded) throws InterruptedException {
        handled.add(LetterState.DISCARDED, letters, loaded);
        count += letters.values().stream().mapToInt(List::size).sum();
        letters.clear();
    }

    /** Returns the number of letters that are marked. */
    long count() {
        return count;
    }
}
