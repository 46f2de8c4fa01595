package io.triggerquery.consumer.internal.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects deferred triggers that no consumer reads any more because a group or a retry topic was renamed.
 *
 * <p>It checks the topics named {@code TOPIC-GROUP-retry} after the listener's trigger topics, or its id, whose group
 * has no member, and all others for which the listener's own group has committed offsets but that it does not read now.
 * Records read by {@link RetryDrain} count as read.
 *
 * <p>Bounds: a few requests. Failure: ignores topics and groups that it has no rights to describe.
 */
final class OrphanedRetryTopics {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final ManagedTopic.Retry retryTopic;
    private final String group;
    private final Set<String> topicsOfGroup;

    /**
     * Creates the check.
     *
     * @param topicsOfGroup the topics that the listeners of the group read in this process; topics may be added until
     *     {@link #warn}
     */
    OrphanedRetryTopics(ManagedTopic.Retry retryTopic, String group, Set<String> topicsOfGroup) {
        this.retryTopic = retryTopic;
        this.group = group;
        this.topicsOfGroup = topicsOfGroup;
    }

    /** Logs a warning for each topic with unread triggers. */
    void warn(String listenerId, Admin admin) throws InterruptedException {
        try {
            find(listenerId, admin)
                    .forEach((topic, unread) -> log.warn(
                            "{}: {} deferred triggers are in {}, which no consumer reads. If the group or the retry"
                                    + " topic of this listener was renamed, move them to its retry topic with POST"
                                    + " /actuator/triggerquery/{}/drain/{}. If they belong to another service that does"
                                    + " not run now, do not move them",
                            listenerId,
                            unread,
                            topic,
                            listenerId,
                            topic));
        } catch (ExecutionException | KafkaException unanswered) {
            log.debug("{}: cannot look up other retry topics", listenerId, unanswered);
        }
    }

    /** Returns the topics with unread records, with the number of these. */
    private Map<String, Long> find(String listenerId, Admin admin) throws ExecutionException, InterruptedException {
        Map<String, String> readers = new HashMap<>();
        Set<String> names = admin.listTopics().names().get();
        for (String prefix : retryTopic.defaultPrefixes(listenerId)) {
            for (String name : names) {
                if (name.startsWith(prefix)
                        && name.endsWith(ManagedTopic.Retry.SUFFIX)
                        && name.length() > prefix.length() + ManagedTopic.Retry.SUFFIX.length() - 1) {
                    String middle = name.substring(prefix.length(), name.length() - ManagedTopic.Retry.SUFFIX.length());
                    readers.put(name, middle);
                }
            }
        }
        Map<TopicPartition, Long> ofGroup = committed(admin, group);
        ofGroup.keySet().forEach(partition -> readers.put(partition.topic(), group));
        readers.keySet().retainAll(names);
        readers.keySet().removeAll(topicsOfGroup);
        if (readers.isEmpty()) {
            return Map.of();
        }
        Set<String> abandoned = abandoned(admin, Set.copyOf(readers.values()));
        readers.values().removeIf(reader -> !reader.equals(group) && !abandoned.contains(reader));
        return unread(admin, readers);
    }

    private static Set<String> abandoned(Admin admin, Set<String> groups) throws InterruptedException {
        Set<String> abandoned = new HashSet<>();
        for (var described :
                admin.describeConsumerGroups(groups).describedGroups().entrySet()) {
            try {
                ConsumerGroupDescription description = described.getValue().get();
                if (description.members().isEmpty()) {
                    abandoned.add(described.getKey());
                }
            } catch (ExecutionException unknown) {
                if (unknown.getCause() instanceof GroupIdNotFoundException) {
                    abandoned.add(described.getKey());
                }
            }
        }
        return abandoned;
    }

    private Map<String, Long> unread(Admin admin, Map<String, String> readers)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = partitions(admin, readers.keySet());
        Map<TopicPartition, Long> starts = ends(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = ends(admin, partitions, OffsetSpec.latest());
        Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
        Map<TopicPartition, Long> drained = committed(admin, RetryDrain.groupOf(group));
        Map<String, Long> unread = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            String reader = readers.getOrDefault(partition.topic(), group);
            if (!committed.containsKey(reader)) {
                committed.put(reader, committed(admin, reader));
            }
            long read = Math.max(
                    starts.getOrDefault(partition, 0L),
                    Math.max(
                            committed.getOrDefault(reader, Map.of()).getOrDefault(partition, 0L),
                            drained.getOrDefault(partition, 0L)));
            unread.merge(partition.topic(), Math.max(0, ends.getOrDefault(partition, 0L) - read), Long::sum);
        }
        unread.values().removeIf(count -> count == 0);
        return unread;
    }

    private static List<TopicPartition> partitions(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions().forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition())));
        }
        return partitions;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Returns the committed offsets of a group; none if they cannot be read. */
    private static Map<TopicPartition, Long> committed(Admin admin, String group) throws InterruptedException {
        try {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            for (Map.Entry<TopicPartition, OffsetAndMetadata> each : admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()) {
                if (each.getValue() != null) {
                    offsets.put(each.getKey(), each.getValue().offset());
                }
            }
            return offsets;
        } catch (ExecutionException unseen) {
            return Map.of();
        }
    }
}
