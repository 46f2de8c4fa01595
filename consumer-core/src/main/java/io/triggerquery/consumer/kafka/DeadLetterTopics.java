package io.triggerquery.consumer.kafka;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a dead-letter topic when its first dead letter is to be sent, with the broker's own defaults.
 *
 * <p>Threads: any. Failure: logged; that the topic is really missing shows when the dead letter is sent, and then this
 * is tried again with it.
 */
final class DeadLetterTopics {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterTopics.class);

    private final Cluster cluster;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    DeadLetterTopics(Cluster cluster) {
        this.cluster = cluster;
    }

    void ensure(String topic) throws InterruptedException {
        if (!present.contains(topic) && create(topic)) {
            present.add(topic);
        }
    }

    /** After a dead letter could not be sent: perhaps the topic has been deleted. */
    void forget(String topic) {
        present.remove(topic);
    }

    private boolean create(String topic) throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TopicExistsException) {
                return true;
            }
            log.warn("Cannot create the dead-letter topic {}: {}", topic, String.valueOf(failure.getCause()));
            return false;
        }
    }
}
