package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Offsets;
import io.triggerquery.consumer.internal.letter.Scanned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads partitions up to the offsets at which they ended when the scan began, or until a time limit.
 *
 * <p>Threads: one. Bounds: one poll in memory; the time limit, and up to 10 s more while the broker does not answer.
 * Failure: throws a {@link org.apache.kafka.common.KafkaException} if the broker does not answer.
 */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final LongSupplier nanoTime;
    private final long deadline;
    private boolean stopped;
    private long records;

    /**
     * Begins a scan.
     *
     * @param consumer a consumer without assigned partitions, which the caller closes
     * @param nanoTime a monotonic clock
     */
    TopicScan(
            Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            LongSupplier nanoTime,
            Duration limit) {
        this.consumer = consumer;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + limit.toNanos();
        this.ends = ends(consumer, partitions);
        consumer.assign(partitions);
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        positions.replaceAll((partition, position) -> Math.min(end(partition), position));
    }

    private static Map<TopicPartition, Long> ends(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            return new HashMap<>(consumer.endOffsets(partitions));
        } catch (TimeoutException unanswered) {
            Set<TopicPartition> leaderless = partitions.stream()
                    .map(TopicPartition::topic)
                    .distinct()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .filter(info -> info.leader() == null)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            List<TopicPartition> withoutLeader =
                    partitions.stream().filter(leaderless::contains).toList();
            throw withoutLeader.isEmpty()
                    ? unanswered
                    : new TimeoutException(
                            withoutLeader + " cannot be read, since no broker leads it at the moment", unanswered);
        }
    }

    /**
     * Continues at other offsets than those that the group of the consumer has committed: at the nearest that exist, of
     * the partitions that exist.
     */
    TopicScan from(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(positions.keySet());
        offsets.forEach((partition, offset) -> {
            if (positions.containsKey(partition)) {
                long from = Math.min(Math.max(offset, beginnings.getOrDefault(partition, 0L)), end(partition));
                positions.put(partition, from);
                consumer.seek(partition, from);
            }
        });
        return this;
    }

    /** Ends before the ends of the partitions. */
    TopicScan until(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> ends.merge(partition, offset, Math::min));
        return this;
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /** Returns whether all ends have been reached. */
    boolean isAtEnd() {
        return positions.entrySet().stream().allMatch(position -> position.getValue() >= end(position.getKey()));
    }

    /** Returns whether another poll makes sense: neither the ends nor the time limit have been reached. */
    boolean hasNext() {
        return !stopped && !isAtEnd() && nanoTime.getAsLong() - deadline < 0;
    }

    /** Returns the records of one poll; none if none has arrived. */
    List<ConsumerRecord<byte[], byte[]>> poll() {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        consumer.poll(POLL).forEach(message -> {
            if (message.offset() < end(partition(message))) {
                found.add(message);
            }
        });
        positions.replaceAll((partition, before) -> Math.min(end(partition), consumer.position(partition)));
        records += found.size();
        return found;
    }

    /** Ends the scan before some records of the last poll, in their order. */
    void stopBefore(List<ConsumerRecord<byte[], byte[]>> rest) {
        rest.forEach(message -> positions.merge(partition(message), message.offset(), Math::min));
        records -= rest.size();
        stopped = true;
    }

    /** Commits the positions for the group of the consumer. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        positions.forEach((partition, position) -> committed.put(partition, new OffsetAndMetadata(position)));
        consumer.commitSync(committed);
    }

    /** Returns the offset of each partition that is read next. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /**
     * Returns how far it has come.
     *
     * @param ofOthers how many of the records were of other groups
     * @param handled how many of the records had been handled before
     */
    Scanned scanned(long ofOthers, long handled) {
        Map<TopicPartition, List<Long>> next = new HashMap<>();
        positions.forEach((partition, position) -> next.put(partition, List.of(position)));
        return new Scanned(
                records,
                ofOthers,
                handled,
                left(),
                isAtEnd() ? null : Offsets.of(next).toString());
    }

    /** Returns the number of offsets up to the ends. */
    long left() {
        return positions.entrySet().stream()
                .mapToLong(position -> Math.max(0, end(position.getKey()) - position.getValue()))
                .sum();
    }

    static TopicPartition partition(ConsumerRecord<?, ?> message) {
        return new TopicPartition(message.topic(), message.partition());
    }
}
