package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Sends a listener's dead letters to its retry topic, as triggers that have never failed.
 *
 * <p>It starts where the last replay of the group ended, by offsets committed in the group {@code GROUP-dlt-replay},
 * and stops at the offsets at which the dead-letter topics ended when it started.
 *
 * <p>Threads: any, one replay at a time. Bounds: the time limit, and at most a minute more while the broker does not
 * answer. Failure: dead letters whose triggers the broker did not acknowledge are replayed the next time, others
 * perhaps again. A dead letter whose decoder fails is counted and passed over; if the decoder fails for each that it is
 * called for, the next replay tries them again.
 */
public final class DeadLetterReplay {

    private static final Duration POLL = Duration.ofMillis(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> topics;
    private final String group;
    private final Function<String, Consumer<byte[], byte[]>> consumers;
    private final RecordTriggers triggers;
    private final Sender sender;
    private final LongSupplier nanoTime;

    /** Sends triggers to the retry topic; see {@link KafkaFailureSinks#sendUntried}. */
    @FunctionalInterface
    interface Sender {

        void send(List<Trigger> triggers) throws InterruptedException;
    }

    /**
     * The result of a replay.
     *
     * @param replayed the number of triggers that were sent to the retry topic
     * @param withoutId the number of dead letters of this group of which something is no valid id, which is not
     *     replayed
     * @param undecodable the number of dead letters of this group whose decoder failed, which are not replayed
     * @param truncated the number of dead letters of this group with only a part of their record, which are not
     *     replayed
     * @param ofOthers the number of dead letters of other groups
     * @param failure the last failure of the decoder, or null if there was none
     * @param complete whether it reached the end; otherwise the time limit ended it, and the next replay continues
     *     there
     */
    public record Result(
            long replayed,
            long withoutId,
            long undecodable,
            long truncated,
            long ofOthers,
            @Nullable String failure,
            boolean complete) {

        private Result plus(Result more) {
            return new Result(
                    replayed + more.replayed,
                    withoutId + more.withoutId,
                    undecodable + more.undecodable,
                    truncated + more.truncated,
                    ofOthers + more.ofOthers,
                    more.failure == null ? failure : more.failure,
                    more.complete);
        }

        private Result completed(boolean atEnd) {
            return new Result(replayed, withoutId, undecodable, truncated, ofOthers, failure, atEnd);
        }

        /** Returns whether the decoder may fail for each dead letter, so that none of them is to be passed over. */
        private boolean onlyFailed() {
            return undecodable > 0 && replayed == 0;
        }
    }

    DeadLetterReplay(
            ManagedTopic.Retry listenerTopics,
            String group,
            Function<String, Consumer<byte[], byte[]>> consumers,
            RecordTriggers triggers,
            Sender sender,
            LongSupplier nanoTime) {
        this.topics = listenerTopics.triggerTopics().stream()
                .map(topic -> ManagedTopic.DeadLetter.of(topic).name())
                .toList();
        this.group = group;
        this.consumers = consumers;
        this.triggers = triggers;
        this.sender = sender;
        this.nanoTime = nanoTime;
    }

    /**
     * Replays the dead letters.
     *
     * @param limit the maximum duration
     * @throws IllegalStateException if a replay of this listener already runs in this process, or if the decoder failed
     *     and succeeded for no dead letter
     * @throws org.apache.kafka.common.KafkaException if the dead-letter topic cannot be read
     * @throws org.springframework.kafka.KafkaException if the triggers cannot be sent to the retry topic
     */
    public Result run(Duration limit) throws InterruptedException {
        if (!lock.tryLock()) {
            throw new IllegalStateException(
                    "the dead letters of " + String.join(", ", topics) + " are being replayed already");
        }
        try (Consumer<byte[], byte[]> consumer = consumers.apply(group + "-dlt-replay")) {
            return replay(consumer, nanoTime.getAsLong() + limit.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private Result replay(Consumer<byte[], byte[]> consumer, long deadline) throws InterruptedException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer));
        consumer.assign(ends.keySet());
        var result = new Result(0, 0, 0, 0, 0, null, isAtEnd(consumer, ends));
        while (!result.complete() && nanoTime.getAsLong() - deadline < 0) {
            result = result.plus(replay(consumer.poll(POLL), ends));
            if (!result.onlyFailed()) {
                consumer.commitSync(positions(consumer, ends));
            }
            result = result.completed(isAtEnd(consumer, ends));
        }
        if (result.onlyFailed()) {
            throw new IllegalStateException("the decoder failed for " + result.undecodable()
                    + " dead letters and for no other succeeded; the next replay tries them again. The last failure: "
                    + result.failure());
        }
        return result;
    }

    private static boolean isAtEnd(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private Result replay(ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Long> ends)
            throws InterruptedException {
        List<Trigger> found = new ArrayList<>();
        int withoutId = 0;
        int undecodable = 0;
        int truncated = 0;
        int ofOthers = 0;
        String failed = null;
        for (ConsumerRecord<byte[], byte[]> letter : polled) {
            if (letter.offset() >= ends.getOrDefault(new TopicPartition(letter.topic(), letter.partition()), 0L)) {
                continue;
            }
            if (!isOfGroup(letter)) {
                ofOthers++;
            } else if (DeadLetters.isCut(letter)) {
                truncated++;
            } else {
                try {
                    RecordTriggers.Letter content = triggers.ofDeadLetter(letter);
                    withoutId += content.complete() ? 0 : 1;
                    found.addAll(content.triggers());
                } catch (IllegalStateException failure) {
                    undecodable++;
                    failed = failure.getMessage();
                }
            }
        }
        sender.send(found);
        return new Result(found.size(), withoutId, undecodable, truncated, ofOthers, failed, false);
    }

    private boolean isOfGroup(ConsumerRecord<?, ?> letter) {
        Header header = letter.headers().lastHeader(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP);
        return header != null
                && header.value() != null
                && group.equals(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static Map<TopicPartition, OffsetAndMetadata> positions(
            Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        ends.forEach((partition, end) ->
                positions.put(partition, new OffsetAndMetadata(Math.min(end, consumer.position(partition)))));
        return positions;
    }
}
