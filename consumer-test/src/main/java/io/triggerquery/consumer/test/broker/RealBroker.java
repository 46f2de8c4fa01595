package io.triggerquery.consumer.test.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** An embedded Kafka broker. */
final class RealBroker implements AutoCloseable {

    static final int PARTITIONS = 6;

    private final EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    RealBroker() {
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        Map<String, Object> address = Map.of("bootstrap.servers", address());
        producer = new KafkaProducer<>(address, new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(address);
    }

    String address() {
        return kafka.getBrokersAsString();
    }

    /** Sends a record to a topic, and returns its partition and offset. */
    RecordMetadata send(String topic, ProducerRecord<byte[], byte[]> message)
            throws ExecutionException, InterruptedException {
        return producer.send(new ProducerRecord<>(topic, null, null, message.key(), message.value(), message.headers()))
                .get();
    }

    /** Returns the committed offsets of a group. */
    Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> found = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        found.forEach((partition, committed) -> offsets.put(partition, committed.offset()));
        return offsets;
    }

    /** Returns whether a group has committed all offsets of its topics. */
    boolean isDone(List<String> topics, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int i = 0; i < topics.size() * PARTITIONS; i++) {
            ends.put(new TopicPartition(topics.get(i / PARTITIONS), i % PARTITIONS), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> committed = committed(group);
        return admin.listOffsets(ends).all().get().entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L)
                        >= end.getValue().offset());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        kafka.destroy();
    }
}
