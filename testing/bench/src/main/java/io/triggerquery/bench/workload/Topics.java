package io.triggerquery.bench.workload;

import io.triggerquery.testbed.Await;
import io.triggerquery.testbed.Broker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a site. */
final class Topics {

    private final Broker broker;
    private final Map<TopicLoad, String> loaded = new HashMap<>();
    private int made;

    Topics(Broker broker) {
        this.broker = broker;
    }

    /** Returns the topic of a load, which is filled when it is first needed. */
    String of(TopicLoad load) {
        String known = loaded.get(load);
        if (known != null) {
            return known;
        }
        String topic = empty(load.partitions());
        try (Sender sender = Sender.ofMany(broker.address(), topic, load.ids())) {
            sender.sendAll(load.numbers(), load.triggers());
        }
        check(topic, load);
        loaded.put(load, topic);
        return topic;
    }

    private void check(String topic, TopicLoad load) {
        try (Admin admin = broker.admin()) {
            long triggers = ends(admin, topic, load.partitions()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (triggers != load.triggers()) {
                throw new IllegalStateException(topic + " has " + triggers + " triggers instead of " + load.triggers());
            }
        }
    }

    /** Creates an empty topic. */
    String empty(int partitions) {
        String topic = "triggers-" + ++made;
        create(topic, partitions);
        return topic;
    }

    private void create(String topic, int partitions) {
        try (Admin admin = broker.admin()) {
            Replies.of(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all());
            // a partition has an end offset only after a leader was elected, and an early producer would retry for long
            Await.until("the broker knows " + topic, () -> isKnown(admin, topic, partitions));
        }
    }

    private static boolean isKnown(Admin admin, String topic, int partitions) {
        try {
            return ends(admin, topic, partitions).size() == partitions;
        } catch (KafkaException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure;
        }
    }

    /** Returns the number of records that were written to a topic, 0 if the topic does not exist. */
    long records(String topic) {
        try (Admin admin = broker.admin()) {
            if (!Replies.of(admin.listTopics().names()).contains(topic)) {
                return 0;
            }
            TopicDescription found = Replies.of(
                            admin.describeTopics(List.of(topic)).allTopicNames())
                    .values()
                    .iterator()
                    .next();
            int partitions = found.partitions().size();
            return ends(admin, topic, partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Returns the next offset of each partition. */
    static Map<TopicPartition, Long> ends(Admin admin, String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(topic, number), number -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                Replies.of(admin.listOffsets(latest).all());
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }
}
