package io.triggerquery.consumer.kafka;

/**
 * A listener whose container has been registered.
 *
 * @param startsByItself whether the container starts with the application
 * @param topicCheck looks for its topics
 * @param replay brings its dead letters back
 */
public record RegisteredListener(boolean startsByItself, TopicCheck topicCheck, DeadLetterReplay replay) {}
