package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.engine.EngineStatus.Partition;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.metrics.ListenerState.PartitionOffsets;
import io.triggerquery.consumer.internal.metrics.WorkLeft;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The work left of a listener. */
class ListenerWorkTest {

    private static final TopicPartition FIRST = new TopicPartition("things", 0);
    private static final TopicPartition SECOND = new TopicPartition("things", 1);
    private static final TopicPartition RETRY = new TopicPartition("things-retry", 0);

    private static EngineStatus status(int waiting, Partition... partitions) {
        return new EngineStatus(List.of(partitions), 0, 0, 0, waiting, false, false, false, null, List.of());
    }

    private static WorkLeft.Sample sample(EngineStatus status, Map<TopicPartition, Position> positions) {
        List<Partition> ofTriggers = status.partitions().stream()
                .filter(partition -> !partition.partition().equals(RETRY))
                .toList();
        return ListenerWork.sample(status, ofTriggers, positions);
    }

    @Test
    void workIsUnreadAndOpenRecords() {
        var status = status(0, new Partition(FIRST, 40, 5), new Partition(SECOND, -1, 0));
        WorkLeft.Sample sample =
                sample(status, Map.of(FIRST, new Position(40L, 100L, 130), SECOND, new Position(null, 0L, 7)));
        assertThat(sample.left())
                .as("a stuck id at offset 40 does not turn 90 settled records into work")
                .isEqualTo(30 + 7 + 5);
        assertThat(sample.settled()).isEqualTo(Map.of(FIRST, 95L, SECOND, 0L));
    }

    @Test
    void waitingFailingIdsAndDeferredTriggersDoNotCount() {
        var status = status(8, new Partition(FIRST, 40, 5), new Partition(RETRY, 0, 4));
        assertThat(sample(status, Map.of(FIRST, new Position(40L, 100L, 100))).left())
                .as("8 of the 9 open deliveries wait for their back-off")
                .isEqualTo(1);
    }

    @Test
    void workIsUnknownIfAPositionIsUnknown() {
        var status = status(0, new Partition(FIRST, 40, 5));
        assertThat(sample(status, Map.of())).isNull();
        assertThat(sample(status, Map.of(FIRST, new Position(40L, null, 100)))).isNull();
    }

    @Test
    void noPartitionsMeanNoWork() {
        assertThat(sample(status(0), Map.of()).left()).isZero();
    }

    @Test
    void partitionOffsetsEqualThoseOfReport() {
        assertThat(ListenerWork.offsets(
                        List.of(
                                new Partition(FIRST, 40, 5),
                                new Partition(SECOND, -1, 0),
                                new Partition(RETRY, 3, 0),
                                new Partition(new TopicPartition("things", 2), 9, 1)),
                        Map.of(
                                FIRST, new Position(40L, 100L, 130),
                                SECOND, new Position(7L, 7L, 7),
                                RETRY, new Position(3L, 6L, 8)),
                        RETRY.topic()))
                .as("the last partition is unknown to the broker; nothing is open in the retry topic")
                .containsExactly(
                        new PartitionOffsets(FIRST, false, 40, 90),
                        new PartitionOffsets(SECOND, false, 7, 0),
                        new PartitionOffsets(RETRY, true, 6, 2));
    }
}
