package io.triggerquery.consumer.internal.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Creates the topics that a listener writes to, if they are missing when they are needed.
 *
 * <p>Threads: any. Failure: logged. A send to a missing topic fails and tries again to create it.
 */
final class ManagedTopics {

    private static final Logger log = LoggerFactory.getLogger(ManagedTopics.class);

    private final Cluster cluster;
    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    ManagedTopics(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Creates the topic if it is missing, unless it was found before. Returns whether it exists. */
    boolean ensure(ManagedTopic topic) throws InterruptedException {
        if (!present.contains(topic.name()) && findOrCreate(topic)) {
            present.add(topic.name());
        }
        return present.contains(topic.name());
    }

    /** Looks the topic up again before the next send, since it may have been deleted. Called after a failed send. */
    void forget(ManagedTopic topic) {
        present.remove(topic.name());
    }

    private boolean findOrCreate(ManagedTopic topic) throws InterruptedException {
        try {
            Admin admin = cluster.admin();
            if (exists(admin, topic.name())) {
                TopicRetention.check(admin, topic);
            } else {
                admin.createTopics(List.of(definition(admin, topic))).all().get();
            }
            return true;
        } catch (ExecutionException | KafkaException failure) {
            Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            if (cause instanceof TopicExistsException) {
                return true;
            }
            String advice = cause instanceof RetriableException
                    ? "This is tried again when the topic is needed"
                    : topic.advice();
            log.atLevel(warned.add(topic.name()) || !(topic instanceof ManagedTopic.Control) ? Level.WARN : Level.DEBUG)
                    .log("The topic {} cannot be created ({}). {}.", topic.name(), String.valueOf(cause), advice);
            return false;
        }
    }

    private static boolean exists(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            partitions(admin, topic);
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure;
        }
    }

    private static NewTopic definition(Admin admin, ManagedTopic topic)
            throws ExecutionException, InterruptedException {
        if (topic instanceof ManagedTopic.Retry retry) {
            return retry.asNew(mostPartitions(admin, retry.triggerTopics()));
        }
        if (topic instanceof ManagedTopic.Control control) {
            return control.asNew();
        }
        return topic instanceof ManagedTopic.Handled handled
                ? handled.asNew()
                : ((ManagedTopic.DeadLetter) topic).asNew();
    }

    /** Returns the largest number of partitions of the topics that exist. */
    private static int mostPartitions(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        int most = 0;
        for (String topic : topics) {
            if (topics.size() == 1 || exists(admin, topic)) {
                most = Math.max(most, partitions(admin, topic));
            }
        }
        return most;
    }

    private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> described =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        return described.values().iterator().next().partitions().size();
    }
}
