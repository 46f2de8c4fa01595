package io.triggerquery.consumer.internal.kafka;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a topic that deletes records which must be kept: an operator, or a broker that creates topics by itself, may
 * have created it with the broker's default policy.
 *
 * <p>Threads: any; returns immediately, and logs on the thread of the Admin client. Failure: without the right to
 * describe the configuration, nothing is known and nothing is said.
 */
final class TopicRetention {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final String UNLIMITED = "-1";

    private TopicRetention() {}

    static void check(Admin admin, ManagedTopic topic) {
        String consequence = topic.ifRecordsAreDeleted();
        if (consequence == null) {
            return;
        }
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        admin.describeConfigs(List.of(resource)).all().whenComplete((configs, failure) -> {
            if (failure == null) {
                configs.values().forEach(config -> warn(topic, config, consequence));
            } else {
                log.debug("The configuration of the topic {} cannot be described", topic.name(), failure);
            }
        });
    }

    private static void warn(ManagedTopic topic, Config config, String consequence) {
        if (deletes(config)) {
            log.warn(
                    "The topic {} deletes records after a time or beyond a size (cleanup.policy={}). Then {}. Set its"
                            + " cleanup.policy to compact.",
                    topic.name(),
                    config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value(),
                    consequence);
        }
    }

    private static boolean deletes(Config config) {
        return config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(TopicConfig.CLEANUP_POLICY_DELETE)
                && Stream.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)
                        .anyMatch(limit -> !UNLIMITED.equals(config.get(limit).value()));
    }
}
