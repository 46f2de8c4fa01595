package io.triggerquery.consumer.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Finds a misspelt topic at start-up rather than by silence.
 *
 * <p>A broker that cannot be reached is no reason not to start: the check is skipped with a warning. (The container's
 * own {@code missingTopicsFatal} cannot tell the two apart.) If the broker came back only after the application had
 * tried to create its own topics, they are created now.
 */
public final class TopicCheck {

    private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);
    private static final String TIMEOUT_MILLIS = "5000";

    private final Map<String, Object> adminConfig;
    private final Runnable createDeclaredTopics;

    /**
     * Creates the check.
     *
     * @param adminConfig how to reach the broker
     * @param createDeclaredTopics creates the topics that the application declares, if it may
     */
    public TopicCheck(Map<String, Object> adminConfig, Runnable createDeclaredTopics) {
        this.createDeclaredTopics = createDeclaredTopics;
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
            if (!exists(admin, topic)) {
                createDeclaredTopics.run();
                if (!exists(admin, topic)) {
                    throw missing(listenerId, topic);
                }
            }
        } catch (ExecutionException failure) {
            log.warn("Cannot check that topic {} exists: {}", topic, String.valueOf(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean exists(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure;
        }
    }

    private static FailureAnalyzedException missing(String listenerId, String topic) {
        return new FailureAnalyzedException(
                "The topic '" + topic + "' of the trigger listener '" + listenerId + "' does not exist.",
                "Correct the name in @TriggerQueryListener, or create the topic before the application starts, for"
                        + " example by a NewTopic bean.");
    }
}
