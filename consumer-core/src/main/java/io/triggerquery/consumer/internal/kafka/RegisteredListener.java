package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A listener whose container is registered.
 *
 * @param engine its engine
 * @param container its container
 * @param retryTopic where its failing triggers are deferred
 * @param offsets how far its group is
 * @param failures why reading fails
 * @param topicCheck looks for its topics
 * @param replay brings its dead letters back
 * @param drain brings back what other retry topics hold
 */
public record RegisteredListener(
        TriggerEngine engine,
        MessageListenerContainer container,
        String retryTopic,
        GroupOffsets offsets,
        ReadFailures failures,
        TopicCheck topicCheck,
        DeadLetterReplay replay,
        RetryDrain drain) {

    /**
     * For how long the group's coordinator has not answered, or empty if none ever has. Kafka's clients measure it, also
     * while no partition is assigned.
     */
    public Optional<Duration> lastHeartbeat() {
        return container.metrics().values().stream()
                .flatMap(metrics -> metrics.values().stream())
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .map(metric -> ((Number) metric.metricValue()).longValue())
                .filter(seconds -> seconds >= 0)
                .max(Comparator.naturalOrder())
                .map(Duration::ofSeconds);
    }

    /** Whether the container starts with the application. */
    public boolean startsByItself() {
        return container.isAutoStartup();
    }
}
