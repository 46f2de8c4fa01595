package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.metrics.SmallEngine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A waiting acknowledgment when its partition is revoked or lost. */
class PartitionHandoverTest {

    private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition("things", 0));

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Deque<Runnable> rests = new ArrayDeque<>();
    private final List<Integer> passedOn = new ArrayList<>();
    private final PacedAcknowledgments acknowledgments = new PacedAcknowledgments((delay, end) -> {
        rests.add(end);
        return () -> {};
    });
    private final PartitionHandover handover = new PartitionHandover(
            new SmallEngine(new EngineListener() {}).engine,
            acknowledgments,
            Duration.ofSeconds(1),
            InitialOffsetsTest.firstRead(true, new RecordedReading()));

    @BeforeEach
    void holdOne() {
        acknowledge(1);
        acknowledge(2);
        assertThat(passedOn).containsExactly(1);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    private void acknowledge(int offset) {
        acknowledgments.acknowledge(consumer, PARTITIONS.get(0), () -> passedOn.add(offset));
    }

    /** The container commits right after the revocation, and nothing of the partition later. */
    @Test
    void revocationForwardsIt() {
        handover.onPartitionsRevokedBeforeCommit(consumer, PARTITIONS);
        assertThat(passedOn).containsExactly(1, 2);
    }

    @Test
    void lossDropsIt() {
        handover.onPartitionsLost(consumer, PARTITIONS);
        rests.remove().run();
        assertThat(passedOn).containsExactly(1);
    }
}
