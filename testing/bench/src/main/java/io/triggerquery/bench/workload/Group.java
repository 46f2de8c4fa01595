package io.triggerquery.bench.workload;

import io.triggerquery.testbed.Broker;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A consumer group or a share group, and its progress in one topic. */
record Group(Broker broker, String name, String topic, int partitions) {

    /** Removes members that were killed: the others would wait until their sessions time out. */
    void forgetMembers() {
        try (Admin admin = broker.admin()) {
            Replies.of(admin.removeMembersFromConsumerGroup(name, new RemoveMembersFromConsumerGroupOptions())
                    .all());
        } catch (KafkaException notAClassicGroup) {
            // the sessions time out
        }
    }

    /** Returns the number of triggers that are not committed. */
    long lag() {
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, Long> ends = Topics.ends(admin, topic, partitions);
            Map<TopicPartition, OffsetAndMetadata> committed =
                    Replies.of(admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata());
            if (committed.isEmpty()) {
                return shareLag(admin, ends);
            }
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - offset(committed, end.getKey()))
                    .sum();
        }
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    // the lag of a share group excludes what is acknowledged above the start offset
    private long shareLag(Admin admin, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, SharePartitionOffsetInfo> known;
        try {
            known = Replies.of(admin.listShareGroupOffsets(Map.of(name, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(name));
        } catch (KafkaException noShareGroup) {
            known = Map.of();
        }
        Map<TopicPartition, SharePartitionOffsetInfo> offsets = known;
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    SharePartitionOffsetInfo offset = offsets.get(end.getKey());
                    return offset == null ? end.getValue() : offset.lag().orElse(end.getValue() - offset.startOffset());
                })
                .sum();
    }
}
