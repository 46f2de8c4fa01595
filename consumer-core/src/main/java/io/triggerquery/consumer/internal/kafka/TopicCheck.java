package io.triggerquery.consumer.internal.kafka;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Detects misspelt topics when a listener starts.
 *
 * <p>An unreachable broker does not stop the start: the check is skipped with a warning. (The container's own
 * {@code missingTopicsFatal} does not distinguish the two.) Topics that the application declares and could not create
 * earlier are created now. A topic that has just been created is not known to all brokers at once, so it counts as
 * missing only after a few seconds. A missing topic that the application declares is not misspelt, so it causes a
 * warning only. What happens otherwise is a setting, {@link MissingTopics}. A topic that did not exist is remembered,
 * so that it is read from its beginning.
 *
 * <p>If one of the topics exists, the listener's retry topic is created if it is missing, and unread triggers in other
 * retry topics cause a warning. A retry topic that the application has no right to describe stops the start: Kafka's
 * consumer then reads none of its topics.
 */
public final class TopicCheck {

    private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);

    private static final RetryConfig EXISTENCE_RETRY = RetryConfig.<List<String>>custom()
            .maxAttempts(10)
            .waitDuration(Duration.ofMillis(500))
            .retryOnResult(missing -> !missing.isEmpty())
            .retryOnException(failure -> false)
            .build();

    private final String listenerId;
    private final List<String> topics;
    private final ManagedTopic.Retry retryTopic;
    private final MissingTopics missingTopics;
    private final Cluster cluster;
    private final OrphanedRetryTopics orphanedRetryTopics;
    private final Set<String> awaited;

    /**
     * Creates the check of a listener.
     *
     * @param awaited receives the trigger topics that do not exist
     */
    TopicCheck(
            String listenerId,
            ManagedTopic.Retry retryTopic,
            MissingTopics missingTopics,
            Cluster cluster,
            OrphanedRetryTopics orphanedRetryTopics,
            Set<String> awaited) {
        this.listenerId = listenerId;
        this.topics = retryTopic.triggerTopics();
        this.retryTopic = retryTopic;
        this.missingTopics = missingTopics;
        this.cluster = cluster;
        this.orphanedRetryTopics = orphanedRetryTopics;
        this.awaited = awaited;
    }

    /** Checks the listener's topics like {@link #run}, unless no broker has answered for another listener before. */
    public void runAtStart(DeclaredTopics declared) {
        if (cluster.isUnavailable()) {
            log.debug("Cannot check that the topics {} exist", topics);
        } else {
            run(declared);
        }
    }

    /**
     * Checks the listener's topics.
     *
     * @param declared the topics that the application declares
     * @throws FailureAnalyzedException if the broker reports that a topic does not exist, or that it may not be
     *     created, or denies the right to describe the retry topic
     */
    void run(DeclaredTopics declared) {
        try {
            Admin admin = cluster.admin();
            List<String> missing = missing(admin);
            if (!missing.isEmpty()) {
                awaited.addAll(missing);
                declared.create();
                missing = handleMissing(declared, admin);
            }
            if (missing.size() < topics.size()) {
                checkRights(admin);
                cluster.ownTopics().ensure(retryTopic);
                orphanedRetryTopics.warn(listenerId, admin);
            }
        } catch (FailureAnalyzedException refused) {
            throw refused;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException unreachable) {
            unreachable(unreachable);
        } catch (Exception unexpected) {
            throw new IllegalStateException("cannot check that the topics " + topics + " exist", unexpected);
        }
    }

    /** Logs the failure. After the first missing answer other listeners do not wait for one. */
    private void unreachable(Exception failure) {
        boolean noAnswer = failure instanceof KafkaException
                || failure.getCause() instanceof TimeoutException
                || failure.getCause() instanceof AuthenticationException;
        if (!noAnswer || cluster.markUnavailable()) {
            log.warn(
                    "Cannot check that the topics {} exist{}: {}",
                    topics,
                    noAnswer ? ", nor those of other listeners" : "",
                    OneLine.of(failure));
        }
    }

    private List<String> missing(Admin admin) throws ExecutionException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String topic : topics) {
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get();
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure;
                }
                missing.add(topic);
            }
        }
        return missing;
    }

    private void checkRights(Admin admin) throws InterruptedException {
        try {
            admin.describeTopics(List.of(retryTopic.name())).allTopicNames().get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TopicAuthorizationException) {
                throw new FailureAnalyzedException(
                        "The trigger listener '" + listenerId + "' may not describe its retry topic '"
                                + retryTopic.name()
                                + "', and Kafka's consumer reads no topic while it may not describe one of them.",
                        "Grant this application the rights to describe, read and write it, and to create it or "
                                + Character.toLowerCase(retryTopic.advice().charAt(0))
                                + retryTopic.advice().substring(1)
                                + ".",
                        failure.getCause());
            }
            // otherwise it is missing and is created next, or the broker is unavailable, which is logged elsewhere
        }
    }

    /**
     * Returns the topics that are still missing.
     *
     * @throws FailureAnalyzedException if the listener must not wait for one of them
     */
    private List<String> handleMissing(DeclaredTopics declared, Admin admin) throws Exception {
        List<String> missing = missing(admin);
        if (missingTopics == MissingTopics.CREATE) {
            create(missing, admin);
        }
        if (missingTopics != MissingTopics.WAIT) {
            missing = Retry.of(listenerId, EXISTENCE_RETRY).executeCallable(() -> missing(admin));
        }
        for (String topic : missing) {
            if (missingTopics == MissingTopics.FAIL && !declared.names().contains(topic)) {
                throw new FailureAnalyzedException(
                        "The topic '" + topic + "' of the trigger listener '" + listenerId + "' does not exist.",
                        "Correct the name in @TriggerQueryListener, or create the topic before the listener starts,"
                                + " for example by a NewTopic bean. The setting missing-topics, in"
                                + " triggerquery.defaults or triggerquery.listeners.ID, lets the listener wait for it"
                                + " or create it.");
            }
            log.warn("{}: The topic {} does not exist yet; its triggers are read once it exists", listenerId, topic);
        }
        return missing;
    }

    private void create(List<String> missing, Admin admin) throws Exception {
        for (String topic : missing) {
            try {
                admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
                        .all()
                        .get();
                log.info("{}: The topic {} did not exist and was created", listenerId, topic);
            } catch (ExecutionException failure) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                if (cause instanceof RetriableException) {
                    throw failure;
                }
                if (!(cause instanceof TopicExistsException)) {
                    throw new FailureAnalyzedException(
                            "The topic '" + topic + "' of the trigger listener '" + listenerId
                                    + "' does not exist and cannot be created: " + OneLine.of(cause),
                            "Grant this application the right to create it, or create it before the listener starts.",
                            cause);
                }
            }
        }
    }
}
