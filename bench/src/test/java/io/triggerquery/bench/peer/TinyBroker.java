package io.triggerquery.bench.peer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** An embedded broker, and what the tests ask of it. */
final class TinyBroker implements AutoCloseable {

    static final int PARTITIONS = 3;

    private final EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    TinyBroker() {
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.brokerProperty("share.coordinator.state.topic.replication.factor", "1");
        kafka.brokerProperty("share.coordinator.state.topic.min.isr", "1");
        kafka.afterPropertiesSet();
        Map<String, Object> address = Map.of("bootstrap.servers", address());
        producer = new KafkaProducer<>(address, new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(address);
    }

    String address() {
        return kafka.getBrokersAsString();
    }

    /** Creates a topic that holds these triggers. */
    void load(String topic, List<String> ids) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get();
        for (String id : ids) {
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, bytes, bytes));
        }
        producer.flush();
    }

    /** Where each partition ends. */
    Map<TopicPartition, Long> ends(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** What a consumer group has committed of a topic. */
    Map<TopicPartition, Long> committed(String topic, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, committed) -> {
                    if (partition.topic().equals(topic)) {
                        offsets.put(partition, committed.offset());
                    }
                });
        return offsets;
    }

    /** From where on a share group has not acknowledged everything. */
    Map<TopicPartition, Long> acknowledged(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get()
                .forEach((partition, start) -> offsets.put(partition, start.startOffset()));
        return offsets;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        kafka.destroy();
    }
}
