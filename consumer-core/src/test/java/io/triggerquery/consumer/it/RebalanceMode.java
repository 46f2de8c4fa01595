package io.triggerquery.consumer.it;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.GroupType;

/** Kafka's ways to assign partitions, each with the consumer properties that select it. */
enum RebalanceMode {
    EAGER(GroupType.CLASSIC, "range", classic("RangeAssignor")),
    COOPERATIVE(GroupType.CLASSIC, "cooperative-sticky", classic("CooperativeStickyAssignor")),
    /** With the framework's assignor, because the broker's default may leave a member without live triggers. */
    CONSUMER(GroupType.CONSUMER, "range", Map.of("group.protocol", "consumer"));

    /** The session timeout. */
    static final int SESSION_MILLIS = 4_000;

    static final int HEARTBEAT_MILLIS = 500;

    final GroupType groupType;
    final String assignor;
    private final Map<String, String> consumerProperties;

    RebalanceMode(GroupType groupType, String assignor, Map<String, String> consumerProperties) {
        this.groupType = groupType;
        this.assignor = assignor;
        this.consumerProperties = consumerProperties;
    }

    /** The session timeout is set by the client in the classic protocol, and by the group in the consumer protocol. */
    private static Map<String, String> classic(String assignor) {
        return Map.of(
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer." + assignor,
                "session.timeout.ms",
                SESSION_MILLIS + "",
                "heartbeat.interval.ms",
                HEARTBEAT_MILLIS + "");
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        consumerProperties.forEach((name, value) -> settings.put("spring.kafka.consumer.properties." + name, value));
        return settings;
    }
}
