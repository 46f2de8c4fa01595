package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** G4 Bounded on a real broker: beyond the limit partitions are paused, polling continues, and reading resumes. */
@ExtendWith(OutputCaptureExtension.class)
class BackpressureIT {

    private static final int IDS = 400;

    @Test
    void pausesDuringOutageKeepsMembershipAndResumes(CapturedOutput output) throws Exception {
        String topic = "things-" + UUID.randomUUID();
        Broker.create(topic);
        var things = new Things();
        try (var source = new SourceServer()) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "things.topic",
                    topic,
                    "spring.kafka.bootstrap-servers",
                    Broker.address(),
                    "spring.kafka.consumer.group-id",
                    topic,
                    "spring.kafka.consumer.max-poll-records",
                    "10",
                    "spring.kafka.consumer.properties.max.poll.interval.ms",
                    "6000",
                    "triggerquery.defaults.max-pending",
                    "20",
                    "triggerquery.sources.things.url",
                    source.url()));
            source.down = true;
            for (int i = 0; i < IDS; i++) {
                source.versions.put("thing-" + i, 1L);
                Broker.trigger(topic, "thing-" + i);
            }
            try (var application = ThingsApplication.start(things, settings)) {
                var container = (ConcurrentMessageListenerContainer<?, ?>)
                        application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(topic);
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> container.getAssignedPartitions().stream().anyMatch(container::isPartitionPaused));
                Gauge left = application
                        .getBean(MeterRegistry.class)
                        .get("triggerquery.work.left.seconds")
                        .gauge();
                assertThat(left.value())
                        .as("unknown while the source is unavailable")
                        .isNaN();
                // a consumer that does not poll leaves its group after max.poll.interval.ms, and joins it again
                await().atMost(Duration.ofSeconds(90)).until(() -> secondsSinceRebalance(container) >= 8);
                assertThat(application
                                .getBean(MeterRegistry.class)
                                .counter("triggerquery.triggers", "listener", topic)
                                .count())
                        .as("the limit, and one poll")
                        .isBetween(20.0, 30.0);
                assertThat(output).doesNotContain("poll timeout has expired");

                source.down = false;
                await().atMost(Duration.ofSeconds(90))
                        .untilAsserted(() -> assertThat(things.versions).isEqualTo(source.versions));
                await().atMost(Duration.ofSeconds(90))
                        .until(() ->
                                container.getAssignedPartitions().stream().noneMatch(container::isPartitionPaused));
                await().atMost(Duration.ofSeconds(90)).until(() -> left.value() == 0);
            }
        }
    }

    private static double secondsSinceRebalance(ConcurrentMessageListenerContainer<?, ?> container) {
        return container.metrics().values().stream()
                .flatMap(metrics -> metrics.values().stream())
                .filter(metric -> metric.metricName().name().equals("last-rebalance-seconds-ago"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .min()
                .orElseThrow();
    }
}
