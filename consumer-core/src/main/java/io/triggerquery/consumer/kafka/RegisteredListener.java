package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.engine.TriggerEngine;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A listener whose container has been registered.
 *
 * @param engine its engine
 * @param container its container
 * @param retryTopic where its failing triggers are parked
 * @param offsets how far its group is
 * @param topicCheck looks for its topics
 * @param replay brings its dead letters back
 */
public record RegisteredListener(
        TriggerEngine engine,
        MessageListenerContainer container,
        String retryTopic,
        GroupOffsets offsets,
        TopicCheck topicCheck,
        DeadLetterReplay replay) {

    /** Whether the container starts with the application. */
    public boolean startsByItself() {
        return container.isAutoStartup();
    }
}
