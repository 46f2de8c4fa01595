package io.triggerquery.consumer.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
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
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> adminConfig;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    DeadLetterTopics(Map<String, Object> adminConfig) {
        this.adminConfig = new HashMap<>(adminConfig);
        this.adminConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    void ensure(String topic) throws InterruptedException {
        if (!present.contains(topic) && create(topic)) {
            present.add(topic);
        }
    }

    private boolean create(String topic) throws InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
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
