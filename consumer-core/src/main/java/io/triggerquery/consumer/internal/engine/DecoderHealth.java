package io.triggerquery.consumer.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Distinguishes records that cannot be decoded from a decoder that fails for every record of a topic, for example
 * because a schema registry does not answer. The topics of a listener may have different formats, so each is judged by
 * itself.
 *
 * <p>A record fails by itself if another one of its topic was decoded between two of its failures. A topic whose
 * undecoded records take half of the memory is not read on, so that the other topics are.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one entry for each topic ever assigned.
 */
final class DecoderHealth {

    private final long maxWeight;
    private final int minRecords;
    private final Map<String, OfTopic> topics = new HashMap<>();
    private Set<String> full = Set.of();

    /**
     * Creates the judgement of a listener.
     *
     * @param maxPending the limit of all pending deliveries
     * @param minRecords the number of undecoded records of a topic from which on its reading may be paused: one large
     *     record must not keep those from being read that show whether the decoder works
     */
    DecoderHealth(long maxPending, int minRecords) {
        this.maxWeight = Math.max(1, maxPending / 2);
        this.minRecords = minRecords;
    }

    OfTopic of(String topic) {
        return topics.computeIfAbsent(topic, any -> new OfTopic());
    }

    /** Returns the topics that are not to be read on: the same object until they change. */
    Set<String> full() {
        return full;
    }

    private void update() {
        full = topics.entrySet().stream()
                .filter(topic -> topic.getValue().isFull())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The records of one topic. */
    final class OfTopic {

        private final PendingLimit undecoded = new PendingLimit(maxWeight);
        private int records;
        private long decoded;

        /** Records that the decoder has returned a result, of whatever type. */
        void decoded() {
            decoded++;
        }

        /** Returns how often the decoder has returned a result. */
        long timesDecoded() {
            return decoded;
        }

        /** Records that a delivery was opened whose record is not decoded. */
        void opened(long weight) {
            boolean was = isFull();
            undecoded.add(weight);
            records++;
            updateIf(was != isFull());
        }

        /** Records that such a record was decoded or dead-lettered, or that its assignment has ended. */
        void closed(long weight) {
            boolean was = isFull();
            undecoded.remove(weight);
            records--;
            updateIf(was != isFull());
        }

        private boolean isFull() {
            return undecoded.full() && records >= minRecords;
        }

        private void updateIf(boolean changed) {
            if (changed) {
                update();
            }
        }
    }
}
