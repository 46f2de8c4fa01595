package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The trigger topics and the retry topic of one listener, with the committed offsets.
 *
 * <p>Each id has its own partition, so that the committed offset shows whether all its triggers are settled.
 */
final class VirtualBroker implements FailureSinks {

    private static final String RETRY = "-retry";

    private final List<String> topics;
    private final LongSupplier clock;
    private final Map<String, Integer> partitionOfId = new HashMap<>();
    private final Map<String, Set<TopicPartition>> partitionsOfRecords = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Message> undelivered = new ArrayList<>();
    private final List<Trigger> deferred = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final List<DeadRecord> deadRecords = new ArrayList<>();

    /**
     * A message in one of the topics.
     *
     * @param ids the ids that it triggers
     * @param record the record, or null for a trigger
     */
    record Message(
            TopicPartition partition,
            long offset,
            List<String> ids,
            @Nullable Trigger trigger,
            @Nullable ConsumerRecord<byte[], byte[]> record,
            RetryHistory history,
            long sentAt) {

        /** Returns the history of the trigger at the given time. */
        RetryHistory historyAt(long now) {
            return history.after(Duration.ofNanos(now - sentAt));
        }
    }

    VirtualBroker(List<String> topics, LongSupplier clock) {
        this.topics = topics;
        this.clock = clock;
    }

    void send(Trigger trigger) {
        append(trigger.topic(), trigger, RetryHistory.NONE);
    }

    /** Sends a record, which has a partition of its own. */
    void send(ConsumerRecord<byte[], byte[]> record, List<String> ids) {
        var partition = new TopicPartition(topics.get(0), partitionOfId.size());
        partitionOfId.put("record " + partitionOfId.size(), partition.partition()); // a blank: this is no id
        ids.forEach(id -> partitionsOfRecords
                .computeIfAbsent(id, first -> new LinkedHashSet<>())
                .add(partition));
        append(partition, ids, null, record, RetryHistory.NONE);
    }

    /** Counts a record in the dead-letter topic. */
    void deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
        deadRecords.add(new DeadRecord(record, reason));
    }

    @Override
    public String retryTopic() {
        return topics.get(0) + RETRY;
    }

    @Override
    public void defer(List<Deferred> triggers) {
        for (Deferred each : triggers) {
            append(retryTopic(), each.trigger(), each.history());
            deferred.add(each.trigger());
        }
    }

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) {
        deadLetters.add(new DeadLetter(trigger, cause));
    }

    private void append(String toTopic, Trigger trigger, RetryHistory history) {
        append(partition(toTopic, trigger.id()), List.of(trigger.id()), trigger, null, history);
    }

    private void append(
            TopicPartition partition,
            List<String> ids,
            @Nullable Trigger trigger,
            @Nullable ConsumerRecord<byte[], byte[]> record,
            RetryHistory history) {
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        var message = new Message(partition, offset, ids, trigger, record, history, clock.getAsLong());
        messages.add(message);
        undelivered.add(message);
    }

    private TopicPartition partition(String ofTopic, String id) {
        Integer known = partitionOfId.putIfAbsent(id, partitionOfId.size());
        return new TopicPartition(ofTopic, known == null ? partitionOfId.size() - 1 : known);
    }

    /** Returns the next undelivered message, or null if there is none except in paused partitions. */
    @Nullable
    Message poll(Predicate<TopicPartition> isPaused) {
        Iterator<Message> waiting = undelivered.iterator();
        while (waiting.hasNext()) {
            Message message = waiting.next();
            if (!isPaused.test(message.partition())) {
                waiting.remove();
                return message;
            }
        }
        return null;
    }

    void commit(Message upTo) {
        committed.merge(upTo.partition(), upTo.offset() + 1, Math::max);
    }

    /** Marks all uncommitted messages as undelivered. */
    void rewind() {
        undelivered.clear();
        messages.stream().filter(message -> !isCommitted(message)).forEach(undelivered::add);
    }

    private boolean isCommitted(Message message) {
        return message.offset() < committed.getOrDefault(message.partition(), 0L);
    }

    boolean allSettled() {
        return ends.equals(committed);
    }

    /** Returns whether the id was triggered and all its triggers are settled, including those in the retry topic. */
    boolean isSettled(String id) {
        Set<TopicPartition> ofRecords = partitionsOfRecords.getOrDefault(id, Set.of());
        return (partitionOfId.containsKey(id) || !ofRecords.isEmpty())
                && ofRecords.stream().allMatch(this::isSettled)
                && topics.stream().allMatch(topic -> isSettled(partition(topic, id)))
                && isSettled(partition(retryTopic(), id));
    }

    private boolean isSettled(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L).equals(committed.getOrDefault(partition, 0L));
    }

    /** Returns the ids with unsettled triggers, in the order of their first triggers. */
    List<String> unsettled() {
        return messages.stream()
                .filter(message -> !isCommitted(message))
                .flatMap(message -> message.ids().stream())
                .distinct()
                .toList();
    }

    List<Trigger> deferred() {
        return List.copyOf(deferred);
    }

    List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    List<DeadRecord> deadRecords() {
        return List.copyOf(deadRecords);
    }
}
