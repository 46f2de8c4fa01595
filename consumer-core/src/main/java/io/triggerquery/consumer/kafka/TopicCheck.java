package io.triggerquery.consumer.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Finds a misspelt topic at start-up rather than by silence, and creates the dead-letter topic.
 *
 * <p>A broker that cannot be reached is no reason not to start: the check is skipped with a warning. (The container's
 * own {@code missingTopicsFatal} cannot tell the two apart.)
 */
public final class TopicCheck {

    private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);
    private static final String TIMEOUT_MILLIS = "5000";

    private final Map<String, Object> adminConfig;

    /**
     * Creates the check.
     *
     * @param adminConfig how to reach the broker
     */
    public TopicCheck(Map<String, Object> adminConfig) {
        this.adminConfig = new HashMap<>(adminConfig);
        this.adminConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    /**
     * Checks a listener's topic.
     *
     * @throws FailureAnalyzedException if the broker says that there is no such topic
     */
    public void check(String listenerId, String topic) {
        try (Admin admin = Admin.create(adminConfig)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            createDeadLetterTopic(admin, DeadLetters.topicFor(topic));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new FailureAnalyzedException(
                        "The topic '" + topic + "' of the trigger listener '" + listenerId + "' does not exist.",
                        "Correct the name in @TriggerQueryListener, or create the topic before the application starts,"
                                + " for example by a NewTopic bean.",
                        failure);
            }
            log.warn("Cannot check that topic {} exists: {}", topic, String.valueOf(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void createDeadLetterTopic(Admin admin, String topic) throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                log.warn(
                        "Cannot create the dead-letter topic {}; without it, messages that are no triggers hold back"
                                + " the commit of their partition: {}",
                        topic,
                        String.valueOf(failure.getCause()));
            }
        }
    }
}
