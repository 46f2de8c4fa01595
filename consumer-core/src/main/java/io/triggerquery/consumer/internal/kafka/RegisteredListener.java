package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A listener whose container is registered.
 *
 * @param engine its engine
 * @param container its container
 * @param names the names of its group and its retry topic
 * @param offsets the offsets of its group
 * @param failures the current failures to read
 * @param topicCheck checks its topics
 * @param control the control topic of its group
 * @param deadLetters what can be done with its dead letters
 * @param drain moves triggers from other retry topics
 */
public record RegisteredListener(
        TriggerEngine engine,
        MessageListenerContainer container,
        Names names,
        GroupOffsets offsets,
        ReadFailures failures,
        TopicCheck topicCheck,
        ControlTopic control,
        Letters deadLetters,
        RetryDrain drain) {

    /**
     * What can be done with the dead letters of a listener.
     *
     * @param replay replays all of them
     * @param operations lists, replays and discards single ones
     */
    public record Letters(DeadLetterReplay replay, LetterOperations operations) {}

    /**
     * The names that the listener has at the broker.
     *
     * @param group its group
     * @param retryTopic the topic of its deferred triggers
     */
    public record Names(String group, String retryTopic) {}

    /** Returns its group. */
    public String group() {
        return names.group();
    }

    /** Returns the topic of its deferred triggers. */
    public String retryTopic() {
        return names.retryTopic();
    }

    /**
     * Returns the time since the group's coordinator last answered, or empty if it never has. Kafka's clients measure
     * it, also without assigned partitions.
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

    /** Returns whether the container starts with the application. */
    public boolean startsByItself() {
        return container.isAutoStartup();
    }
}
