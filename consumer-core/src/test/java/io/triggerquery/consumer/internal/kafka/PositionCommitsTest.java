package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineStatus.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionCommitsTest {

    private static final TopicPartition P = new TopicPartition("things", 0);

    private final List<Long> committed = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            committed.add(offsets.get(P).offset());
        }
    };
    private long now;
    private Partition engine = new Partition(P, 9, 0);
    private final ReadPositions positions = new ReadPositions(new RecordedReading(), () -> now);
    private final PositionCommits commits = new PositionCommits(() -> List.of(engine), positions);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(P));
        positions.begin(P, 5);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    private void look(long position) {
        consumer.seek(P, position);
        now += Duration.ofSeconds(1).toNanos();
        commits.commitIdle(consumer);
    }

    @Test
    void commitsPositionBehindLastTriggerWhenIdle() {
        look(10);
        assertThat(committed).as("may still move").isEmpty();
        look(10);
        look(10);
        assertThat(committed).containsExactly(10L);
        look(12);
        look(12);
        assertThat(committed).containsExactly(10L, 12L);
    }

    @Test
    void g1_commitsNothingWhileDeliveriesAreOpen() {
        engine = new Partition(P, 7, 1);
        look(10);
        look(10);
        look(10);
        assertThat(committed).isEmpty();
        engine = new Partition(P, 9, 0);
        look(10);
        assertThat(committed).containsExactly(10L);
    }

    @Test
    void commitsNeitherWatermarkNorInitialPosition() {
        engine = new Partition(P, 10, 0);
        look(10);
        look(10);
        positions.begin(P, 20);
        engine = new Partition(P, -1, 0);
        look(20);
        look(20);
        assertThat(committed).isEmpty();
    }

    @Test
    void g1_commitsNothingOfUnassignedPartition() {
        engine = new Partition(new TopicPartition("things", 1), 9, 0);
        look(10);
        look(10);
        assertThat(committed).isEmpty();
    }
}
