package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.FleetReport;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.listener.ListenerReport.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionsElsewhereTest {

    private final List<Collection<TopicPartition>> asked = new ArrayList<>();

    private CompletableFuture<Map<TopicPartition, Position>> positions(Collection<TopicPartition> partitions) {
        asked.add(List.copyOf(partitions));
        return CompletableFuture.completedFuture(Map.of(new TopicPartition("a-topic", 11), new Position(5L, null, 40)));
    }

    private static FleetReport.Instance instance(String name, ControlValue.Partition... partitions) {
        var status = new ControlValue.Status(
                true, false, 0, 0, 0, 0, false, null, null, List.of(partitions), 0, Map.of(), null, null);
        return new FleetReport.Instance(name, Duration.ZERO, false, status);
    }

    private static FleetReport fleet(FleetReport.Instance... instances) {
        return new FleetReport(
                "things", new FleetReport.From("here", "control", null), null, Map.of(), 0, List.of(instances));
    }

    @Test
    void reportsLagOfOtherInstancesOnly() {
        FleetReport fleet = fleet(
                instance("here", new ControlValue.Partition("a-topic-0", 1L, 1)),
                instance("there", new ControlValue.Partition("a-topic-11", 30L, 2)));

        assertThat(PartitionsElsewhere.of(fleet, this::positions))
                .isCompletedWithValue(List.of(new Partition("a-topic-11", 30L, 2, 10L)));
        assertThat(asked).containsExactly(List.of(new TopicPartition("a-topic", 11)));
    }

    @Test
    void partitionWithoutAnswerHasNoLag() {
        FleetReport fleet = fleet(instance("there", new ControlValue.Partition("b-0", null, 0)));

        assertThat(PartitionsElsewhere.of(fleet, this::positions))
                .isCompletedWithValue(List.of(new Partition("b-0", null, 0, null)));
    }

    @Test
    void doesNotCallBrokerIfAlone() {
        FleetReport fleet = fleet(instance("here", new ControlValue.Partition("a-topic-0", 1L, 1)));

        assertThat(PartitionsElsewhere.of(fleet, this::positions)).isCompletedWithValue(List.of());
        assertThat(asked).isEmpty();
    }
}
