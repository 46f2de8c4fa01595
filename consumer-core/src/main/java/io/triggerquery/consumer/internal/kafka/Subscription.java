package io.triggerquery.consumer.internal.kafka;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics, the group and the client of a listener.
 *
 * @param topics the topics of its triggers; at least one. A resync runs on the instance that has partition 0 of the
 *     first
 * @param groupId its group, or null for that of the container factory
 * @param retryTopic the topic of its deferred triggers, or null for the default
 * @param properties properties of its consumers, which override those of the container factory
 * @param clientIdPrefix the prefix of its client ids, or null for that of the container factory
 */
public record Subscription(
        List<String> topics,
        @Nullable String groupId,
        @Nullable String retryTopic,
        Map<String, String> properties,
        @Nullable String clientIdPrefix) {}
