package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.metrics.SmallEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

class ContainerSetupTest {

    private final RecordedReading recorded = new RecordedReading();

    private Properties setUp(Map<String, Object> byTheUser) {
        var container = new ConcurrentMessageListenerContainer<byte[], byte[]>(
                new DefaultKafkaConsumerFactory<>(byTheUser), new ContainerProperties("things"));
        var engine = new SmallEngine(new EngineListener() {}).engine;
        var acknowledgments = new PacedAcknowledgments((delay, action) -> () -> {});
        var handover = new PartitionHandover(
                engine, acknowledgments, Duration.ofSeconds(1), InitialOffsetsTest.firstRead(true, recorded));
        var positions = new ReadPositions(recorded, () -> 0);
        var reading = new Reading(
                new ReadFailures(Duration.ofMinutes(1), recorded, () -> 0),
                positions,
                new PositionCommits(List::of, positions),
                true,
                recorded);
        RecordReader nothing = new RecordReader(null, null, null);
        var listener = new TriggerMessageListener(engine, nothing, acknowledgments, positions, false);
        new ContainerSetup(listener, handover, Duration.ofSeconds(1), byTheUser, Map.of(), reading)
                .postProcess(container);
        assertThat(container.getCommonErrorHandler()).isInstanceOf(ReadErrors.class);
        return container.getContainerProperties().getKafkaConsumerProperties();
    }

    @Test
    void refreshesMetadataEveryMinuteByDefault() {
        assertThat(setUp(Map.of())).containsEntry("metadata.max.age.ms", "60000");
        assertThat(setUp(Map.of("metadata.max.age.ms", 5_000))).doesNotContainKey("metadata.max.age.ms");
    }

    @Test
    void readsFromEarliestByDefault() {
        assertThat(setUp(Map.of())).containsEntry("auto.offset.reset", "earliest");
        assertThat(setUp(Map.of("auto.offset.reset", "latest"))).doesNotContainKey("auto.offset.reset");
    }
}
