package io.triggerquery.consumer.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** One real broker for all integration tests of this module. */
public final class Broker {

    static final int PARTITIONS = 3;

    private static final EmbeddedKafkaKraftBroker KAFKA = start();
    private static final KafkaProducer<byte[], byte[]> PRODUCER = new KafkaProducer<>(
            Map.of(
                    "bootstrap.servers",
                    KAFKA.getBrokersAsString(),
                    "max.request.size",
                    10_000_000,
                    "enable.idempotence", // a rejected message must not break the sequence numbers of other tests
                    false),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private Broker() {}

    private static EmbeddedKafkaKraftBroker start() {
        var kafka = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
        kafka.brokerProperty("auto.create.topics.enable", "false");
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.brokerProperty("transaction.state.log.replication.factor", "1");
        kafka.brokerProperty("transaction.state.log.min.isr", "1");
        // some tests need short session timeouts
        kafka.brokerProperty("group.min.session.timeout.ms", "1000");
        kafka.brokerProperty("group.consumer.min.session.timeout.ms", "1000");
        kafka.brokerProperty("group.consumer.min.heartbeat.interval.ms", "100");
        kafka.afterPropertiesSet();
        return kafka;
    }

    public static String address() {
        return KAFKA.getBrokersAsString();
    }

    static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    public static void create(String topic) throws ExecutionException, InterruptedException {
        create(topic, PARTITIONS);
    }

    static void create(String topic, int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    static void trigger(String topic, String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        PRODUCER.send(new ProducerRecord<>(topic, bytes, bytes));
    }

    /** Sends a trigger to another broker. */
    static void triggerAt(String address, String topic, String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, bytes, bytes));
        }
    }

    /** Sends a trigger with a version in its header. */
    static void trigger(String topic, String id, String version) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        var message = new ProducerRecord<>(topic, bytes, bytes);
        message.headers().add("triggerquery-version", version.getBytes(StandardCharsets.UTF_8));
        PRODUCER.send(message);
    }

    /** Sends without waiting; see {@link #flush}. */
    static void sendLater(ProducerRecord<byte[], byte[]> message) {
        PRODUCER.send(message);
    }

    static void send(String topic, int partition, byte[] value) throws ExecutionException, InterruptedException {
        send(topic, partition, null, value);
    }

    static void send(String topic, String id, Map<String, String> headers)
            throws ExecutionException, InterruptedException {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        var message = new ProducerRecord<>(topic, bytes, bytes);
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        PRODUCER.send(message).get();
    }

    static void send(String topic, int partition, byte[] key, byte[] value)
            throws ExecutionException, InterruptedException {
        PRODUCER.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }

    /** Returns the rebalance protocol of the group: classic or consumer. */
    static String groupType(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .type()
                    .toString();
        }
    }

    static void flush() {
        PRODUCER.flush();
    }

    /** Returns how many records of the topic lie above the group's committed offsets. */
    static long lag(String topic, String group) throws ExecutionException, InterruptedException {
        try (Admin admin = admin();
                var consumer = consumer()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer, topic));
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - position(committed.get(end.getKey())))
                    .sum();
        }
    }

    /** Returns how many records were sent to the topic. */
    static long count(String topic) {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static long position(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (var consumer = consumer()) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int polls = 0; found.size() < count && polls < 100; polls++) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** Returns all records of the topic, partition by partition. */
    static List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        try (var consumer = consumer()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            long count = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return read(topic, (int) count);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", address());
        config.put("group.id", "reader");
        config.put("enable.auto.commit", false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
