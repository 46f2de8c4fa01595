package io.triggerquery.consumer.internal.kafka;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Detects misspelt topics at the start.
 *
 * <p>A broker that cannot be reached is no reason not to start: the check is skipped with a warning. (The container's
 * own {@code missingTopicsFatal} cannot tell the two apart.) If the broker came back only after the application had
 * tried to create its own topics, they are created now. A topic that has just been created is not known to all brokers
 * at once, so it counts as missing only after a few seconds; and one that the application declares is not misspelt, so
 * it is waited for with a warning.
 *
 * <p>If the topic is there, the listener's retry topic is created where it is missing, and triggers that wait in others are
 * warned of. One that may not be described
 * stops the start: Kafka's consumer reads none of its topics while it may not see one of them.
 */
public final class TopicCheck {

    private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);

    private static final RetryConfig LOOK_AGAIN = RetryConfig.<Boolean>custom()
            .maxAttempts(10)
            .waitDuration(Duration.ofMillis(500))
            .retryOnResult(found -> !found)
            .retryOnException(failure -> false)
            .build();

    private final String listenerId;
    private final String topic;
    private final ManagedTopic.Retry retryTopic;
    private final Cluster cluster;
    private final OrphanedRetryTopics leftBehind;

    TopicCheck(String listenerId, ManagedTopic.Retry retryTopic, Cluster cluster, OrphanedRetryTopics leftBehind) {
        this.listenerId = listenerId;
        this.topic = retryTopic.triggerTopic();
        this.retryTopic = retryTopic;
        this.cluster = cluster;
        this.leftBehind = leftBehind;
    }

    /**
     * Checks the listener's topic.
     *
     * @param declared the topics that the application declares
     * @throws FailureAnalyzedException if the broker says that there is no such topic
     */
    public void run(DeclaredTopics declared) {
        if (cluster.isAway()) {
            log.debug("Cannot check that topic {} exists", topic);
            return;
        }
        try {
            Admin admin = cluster.admin();
            if (!exists(admin)) {
                declared.create();
                if (!Retry.of(topic, LOOK_AGAIN).executeCallable(() -> exists(admin))) {
                    report(declared);
                    return;
                }
            }
            demandRights(admin);
            cluster.ownTopics().ensure(retryTopic);
            leftBehind.warn(listenerId, admin);
        } catch (FailureAnalyzedException hopeless) {
            throw hopeless;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException unreachable) {
            unreachable(unreachable);
        } catch (Exception unexpected) {
            throw new IllegalStateException("cannot check that topic " + topic + " exists", unexpected);
        }
    }

    /** Waits for no answer more than once, however many listeners there are. */
    private void unreachable(Exception failure) {
        boolean noAnswer = failure instanceof KafkaException
                || failure.getCause() instanceof TimeoutException
                || failure.getCause() instanceof AuthenticationException;
        if (!noAnswer || cluster.markAway()) {
            log.warn(
                    "Cannot check that topic {} exists{}: {}",
                    topic,
                    noAnswer ? ", nor those of other listeners" : "",
                    OneLine.of(failure));
        }
    }

    private boolean exists(Admin admin) throws ExecutionException, InterruptedException {
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

    private void demandRights(Admin admin) throws InterruptedException {
        try {
            admin.describeTopics(List.of(retryTopic.name())).allTopicNames().get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TopicAuthorizationException) {
                throw new FailureAnalyzedException(
                        "The trigger listener '" + listenerId + "' may not describe its retry topic '"
                                + retryTopic.name() + "', and Kafka lets nobody read who subscribes to such a topic.",
                        "Grant this application the rights to describe, read and write it, and to create it or "
                                + Character.toLowerCase(retryTopic.advice().charAt(0))
                                + retryTopic.advice().substring(1)
                                + ".",
                        failure.getCause());
            }
            // whatever else: it is missing, and made; or the broker is away, and this has been said
        }
    }

    private void report(DeclaredTopics declared) {
        if (declared.names().contains(topic)) {
            log.warn("The topic {} could not be created yet; its triggers are read once it is there", topic);
            return;
        }
        throw new FailureAnalyzedException(
                "The topic '" + topic + "' of the trigger listener '" + listenerId + "' does not exist.",
                "Correct the name in @TriggerQueryListener, or create the topic before the application starts, for"
                        + " example by a NewTopic bean.");
    }
}
