package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.spi.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The dead-letter topic of the group "g" and the topic of handled letters, in memory; a poll takes a second. */
final class LetterFixture implements HandledLettersTopic.Writer {

    static final TopicPartition LETTERS = new TopicPartition("things-dlt", 0);
    static final TopicPartition HANDLED = new TopicPartition("g-triggerquery-letters", 0);

    final List<String> sent = new ArrayList<>();
    final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    final Map<TopicPartition, Long> committed = new HashMap<>();
    final Map<TopicPartition, Long> beginnings = new HashMap<>();
    Uuid topicId = new Uuid(1, 1);
    boolean creatable = true;
    int pollRecords = 1;
    long now;

    private final ManagedTopic.Retry retryTopic = new ManagedTopic.Retry("retry", List.of("things"));
    private final RecordTriggers triggers = new RecordTriggers(
            new RecordDecoder(LetterFixture::decode, new IdRule(false, Set.of())),
            new TriggerReader(retryTopic, InstantSource.system()));
    private final LetterTopics topics =
            new LetterTopics(List.of("things-dlt"), "g", group -> consumer(), this::describe, () -> now);
    final LetterScan scan = new LetterScan(topics, new HandledLettersTopic(topics, this), triggers);

    LetterFixture() {
        records.put(LETTERS, new ArrayList<>());
    }

    private static Decoded decode(ConsumerRecord<byte[], byte[]> message) throws IOException {
        String value = new String(message.value(), StandardCharsets.UTF_8);
        if (value.startsWith("broken")) {
            throw new IOException(value);
        }
        return Decoded.id(value);
    }

    void send(List<io.triggerquery.consumer.Trigger> sending) {
        sending.forEach(trigger -> sent.add(trigger.id()));
    }

    KafkaLetters letters() {
        return new KafkaLetters(scan, this::send, new DeferredTriggers("retry", "g", new Cluster(Map.of()), triggers));
    }

    static LetterRequest at(String positions) {
        return new LetterRequest(positions, null, null, null, null, null, null, null);
    }

    static LetterRequest reason(String reason) {
        return new LetterRequest(null, reason, null, null, null, null, null, null);
    }

    void letters(String... values) {
        for (String value : values) {
            letter("g", "a.Failure", value);
        }
    }

    void letter(String group, String reason, String value) {
        var headers = new RecordHeaders();
        headers.add("kafka_dlt-original-consumer-group", utf8(group));
        headers.add("kafka_dlt-exception-fqcn", utf8(reason));
        headers.add("kafka_dlt-exception-message", utf8("as asked"));
        add(LETTERS, null, utf8(value), headers);
    }

    void add(TopicPartition partition, byte[] key, byte[] value, RecordHeaders headers) {
        List<ConsumerRecord<byte[], byte[]>> all = records.computeIfAbsent(partition, any -> new ArrayList<>());
        long offset = all.isEmpty() ? 0 : all.get(all.size() - 1).offset() + 1;
        all.add(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                offset * 1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, LetterTopics.Description> describe(Collection<String> names) {
        return records.keySet().stream()
                .map(TopicPartition::topic)
                .filter(names::contains)
                .distinct()
                .collect(Collectors.toMap(
                        name -> name, name -> new LetterTopics.Description(topicId, partitions(name))));
    }

    private int partitions(String topic) {
        return (int) records.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .count();
    }

    @Override
    public boolean create(ManagedTopic topic) {
        if (creatable) {
            records.putIfAbsent(HANDLED, new ArrayList<>());
        }
        return creatable;
    }

    @Override
    public void send(ManagedTopic topic, List<ProducerRecord<byte[], byte[]>> messages) {
        messages.forEach(message -> add(HANDLED, message.key(), message.value(), new RecordHeaders()));
    }

    private Consumer<byte[], byte[]> consumer() {
        var consumer = new MockConsumer<byte[], byte[]>("earliest") {

            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                super.assign(partitions);
                for (TopicPartition partition : partitions) {
                    long beginning = beginnings.getOrDefault(partition, 0L);
                    seek(partition, Math.max(beginning, committed.getOrDefault(partition, 0L)));
                    records.get(partition).stream()
                            .filter(message -> message.offset() >= beginning)
                            .forEach(this::addRecord);
                }
            }

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                now += Duration.ofSeconds(1).toNanos();
                return super.poll(timeout);
            }

            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            }

            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
                times.forEach((partition, time) -> found.put(
                        partition,
                        records.get(partition).stream()
                                .filter(message -> message.timestamp() >= time)
                                .findFirst()
                                .map(message -> new OffsetAndTimestamp(message.offset(), message.timestamp()))
                                .orElse(null)));
                return found;
            }
        };
        consumer.setMaxPollRecords(pollRecords);
        records.forEach((partition, all) -> {
            consumer.updateBeginningOffsets(Map.of(partition, beginnings.getOrDefault(partition, 0L)));
            consumer.updateEndOffsets(Map.of(
                    partition, all.isEmpty() ? 0L : all.get(all.size() - 1).offset() + 1));
        });
        return consumer;
    }
}
