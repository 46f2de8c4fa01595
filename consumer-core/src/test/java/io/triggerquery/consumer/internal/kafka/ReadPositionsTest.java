package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadPositionsTest {

    private static final TopicPartition P = new TopicPartition("things", 0);

    private final RecordedReading jumps = new RecordedReading();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private long now;
    private final ReadPositions positions = new ReadPositions(jumps, () -> now);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(P));
        consumer.updateBeginningOffsets(Map.of(P, 0L));
        positions.begin(P, 5);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    private void look(long position) {
        consumer.seek(P, position);
        now += Duration.ofSeconds(1).toNanos();
        positions.idle(consumer);
    }

    @Test
    void consecutiveRecordsAreNoJump() {
        positions.read(P, 5);
        positions.read(P, 6);
        look(7);
        positions.read(P, 7);
        assertThat(jumps.events).isEmpty();
    }

    @Test
    void detectsRecordAfterGap() {
        positions.read(P, 3_005);
        positions.read(P, 3_006);
        assertThat(jumps.events).containsExactly("forward things-0 5-3005");
    }

    @Test
    void detectsPositionMovedForwardWithoutRecord() {
        look(3_005);
        positions.read(P, 3_005);
        assertThat(jumps.events).containsExactly("forward things-0 5-3005");
    }

    @Test
    void detectsPositionMovedBack() {
        look(2);
        assertThat(jumps.events).containsExactly("back things-0 5-2");
    }

    @Test
    void readsPositionOncePerSecond() {
        assertThat(positions.of(P)).as("not read yet").isNull();
        look(5);
        consumer.seek(P, 9);
        positions.idle(consumer);
        assertThat(positions.of(P)).isEqualTo(5);
        look(9);
        assertThat(positions.of(P)).isEqualTo(9);
    }

    @Test
    void knowsWhetherReassignedPartitionWasRead() {
        assertThat(positions.begin(P, 5)).isFalse();
        positions.read(P, 5);
        assertThat(positions.begin(P, 6)).isTrue();
        assertThat(positions.begin(new TopicPartition("things", 1), 0)).isFalse();
    }

    @Test
    void ignoresPartitionThatWasNeverAssigned() {
        positions.read(new TopicPartition("things", 1), 7);
        assertThat(jumps.events).isEmpty();
    }
}
