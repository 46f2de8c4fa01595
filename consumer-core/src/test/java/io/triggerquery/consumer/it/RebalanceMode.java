package io.triggerquery.consumer.it;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.GroupType;

/** The ways Kafka has to share partitions out, each with the consumer properties of an application that wants it. */
enum RebalanceMode {
    EAGER(GroupType.CLASSIC, "range", classic("RangeAssignor")),
    COOPERATIVE(GroupType.CLASSIC, "cooperative-sticky", classic("CooperativeStickyAssignor")),
    /** With the assignor that the framework asks for: the broker's own may leave a member without a live trigger. */
    CONSUMER(GroupType.CONSUMER, "range", Map.of("group.protocol", "consumer"));

    /** How soon a member is missed. */
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

    /** With the classic protocol the session is the client's choice, with the consumer protocol the group's. */
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
