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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** An embedded broker with the operations that the tests need. */
final class TinyBroker implements AutoCloseable {

    static final int PARTITIONS = 3;

    private final EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    TinyBroker() {
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.brokerProperty("share.coordinator.state.topic.replication.factor", "1");
        kafka.brokerProperty("share.coordinator.state.topic.min.isr", "1");
        // a member of a share group receives its partitions with its second heartbeat
        kafka.brokerProperty("group.share.min.heartbeat.interval.ms", "200");
        kafka.brokerProperty("group.share.heartbeat.interval.ms", "200");
        kafka.afterPropertiesSet();
        Map<String, Object> address = Map.of("bootstrap.servers", address());
        // a new topic may refuse a batch and accept the next one, which breaks the sequence numbers
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address(), "enable.idempotence", false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        admin = Admin.create(address);
    }

    String address() {
        return kafka.getBrokersAsString();
    }

    /** Creates a topic with these triggers. */
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

    /** Returns the number of triggers that a consumer group has not committed. */
    long lag(String topic, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .mapToLong(end -> end.getValue().offset() - position(committed.get(end.getKey())))
                .sum();
    }

    private static long position(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    /** Returns the number of triggers that a share group has not acknowledged. */
    long shareLag(String group) throws ExecutionException, InterruptedException {
        return admin
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get()
                .values()
                .stream()
                .mapToLong(position -> position.lag().orElseThrow())
                .sum();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        kafka.destroy();
    }
}
