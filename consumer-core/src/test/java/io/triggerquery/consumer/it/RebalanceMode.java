package io.triggerquery.consumer.it;

import java.time.Duration;
import java.util.Map;

/** The ways Kafka has to share partitions out, as the settings of an application that wants one of them. */
enum RebalanceMode {
    EAGER("Classic", classic("RangeAssignor")),
    COOPERATIVE("Classic", classic("CooperativeStickyAssignor")),
    CONSUMER("Consumer", Map.of("group.protocol", "consumer"));

    final String groupType;
    final Map<String, String> consumerProperties;

    RebalanceMode(String groupType, Map<String, String> consumerProperties) {
        this.groupType = groupType;
        this.consumerProperties = consumerProperties;
    }

    /** With the consumer protocol it is the broker that sets the times. */
    private static Map<String, String> classic(String assignor) {
        return Map.of(
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer." + assignor,
                "session.timeout.ms",
                Times.SESSION.toMillis() + "",
                "heartbeat.interval.ms",
                Times.HEARTBEAT.toMillis() + "");
    }

    /** How soon a member is missed. */
    static final class Times {

        static final Duration SESSION = Duration.ofSeconds(4);
        static final Duration HEARTBEAT = Duration.ofMillis(500);

        private Times() {}
    }
}
