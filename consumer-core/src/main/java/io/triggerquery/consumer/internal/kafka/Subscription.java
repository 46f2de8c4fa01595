package io.triggerquery.consumer.internal.kafka;

import org.jspecify.annotations.Nullable;

/**
 * The topics, group and concurrency of a listener.
 *
 * @param topic the topic of its triggers
 * @param groupId its group, or null for that of the container factory
 * @param retryTopic the topic of its deferred triggers, or null for {@code TOPIC-GROUP-retry}
 */
public record Subscription(
        String topic, @Nullable String groupId, @Nullable String retryTopic) {}
