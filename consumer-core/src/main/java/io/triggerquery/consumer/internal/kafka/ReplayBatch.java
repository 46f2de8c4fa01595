package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the triggers of dead letters until they are sent, and counts the letters.
 *
 * <p>Threads: one. Bounds: the letters of one poll.
 */
final class ReplayBatch {

    private final RecordTriggers reader;
    private final DeadLetterReplay.Sender sender;
    private final List<Trigger> triggers = new ArrayList<>();
    private final Map<TopicPartition, List<Long>> letters = new HashMap<>();
    private long sentTriggers;
    private long sentLetters;
    private long withoutId;
    private long undecodable;
    private long truncated;
    private @Nullable String failure;

    ReplayBatch(RecordTriggers reader, DeadLetterReplay.Sender sender) {
        this.reader = reader;
        this.sender = sender;
    }

    void add(DeadLetter letter) {
        if (DeadLetters.isCut(letter.message())) {
            truncated++;
            return;
        }
        try {
            RecordTriggers.Letter content = reader.ofDeadLetter(letter.message());
            withoutId += content.complete() ? 0 : 1;
            triggers.addAll(content.triggers());
            if (!content.triggers().isEmpty()) {
                letters.computeIfAbsent(letter.partition(), any -> new ArrayList<>())
                        .add(letter.message().offset());
            }
        } catch (IllegalStateException decoderFailed) {
            undecodable++;
            failure = decoderFailed.getMessage();
        }
    }

    /** Sends what was collected. Returns the letters whose triggers the broker has acknowledged. */
    Map<TopicPartition, List<Long>> send() throws InterruptedException {
        sender.send(List.copyOf(triggers));
        Map<TopicPartition, List<Long>> sent = Map.copyOf(letters);
        sentTriggers += triggers.size();
        sentLetters += sent.values().stream().mapToInt(List::size).sum();
        triggers.clear();
        letters.clear();
        return sent;
    }

    /** Returns whether the decoder may fail for each dead letter, so that none of them is to be passed over. */
    boolean onlyFailed() {
        return undecodable > 0 && sentTriggers == 0;
    }

    long sentTriggers() {
        return sentTriggers;
    }

    long sentLetters() {
        return sentLetters;
    }

    long withoutId() {
        return withoutId;
    }

    long undecodable() {
        return undecodable;
    }

    long truncated() {
        return truncated;
    }

    /** Returns the last failure of the decoder, or null if there was none. */
    @Nullable
    String failure() {
        return failure;
    }
}
