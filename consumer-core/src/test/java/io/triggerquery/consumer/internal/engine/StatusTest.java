package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The status that operators see. */
class StatusTest {

    private final EngineHarness harness = new EngineHarness(new Limits(8, 1, 100, 10, 0), EngineHarness.PATIENCE);

    private static List<TopicPartition> partitions(EngineStatus status) {
        return status.partitions().stream()
                .map(EngineStatus.Partition::partition)
                .toList();
    }

    @Test
    void listsAssignedPartitionsInOrder() {
        for (int i = 0; i < 20; i++) {
            harness.engine.assigned(CONSUMER, List.of(new TopicPartition("topic-" + i * 37, i)));
        }
        assertThat(partitions(harness.engine.status(0)))
                .hasSize(23)
                .isSortedAccordingTo(Comparator.comparing(TopicPartition::toString));
        harness.engine.fence(CONSUMER, List.of(P0));
        assertThat(partitions(harness.engine.status(0)))
                .hasSize(22)
                .contains(P1)
                .doesNotContain(P0);
    }

    @Test
    void listsOnlyStuckIdsLongestFirst() {
        harness.deliver(P0, 0, "stale", 5);
        harness.deliver(P0, 1, "late");
        harness.deliver(P0, 2, "early");
        harness.deliver(P0, 3, "running");
        harness.begin();
        harness.end("stale", new Outcome.Stale(OptionalLong.of(4)));
        harness.timer.advance(Duration.ofMillis(1));
        harness.fail("early");
        harness.timer.advance(Duration.ofMillis(10));
        harness.fail("late");
        List<EngineStatus.Stuck> stuck = harness.engine.status(10).stuck();
        assertThat(stuck).extracting(EngineStatus.Stuck::id).containsExactly("stale", "early", "late");
        assertThat(stuck.get(1).stuckFor()).isEqualTo(Duration.ofMillis(10));
        assertThat(harness.engine.status(1).stuck()).hasSize(1);
        assertThat(harness.engine.status(0).stuck()).isEmpty();
    }

    @Test
    void isNearCapacityFromFourFifths() {
        for (int i = 0; i < 8; i++) {
            assertThat(harness.engine.status(0).nearCapacity()).as("with " + i).isFalse();
            harness.deliver(P0, i, "id-" + i);
            harness.begin();
            harness.fail("id-" + i);
        }
        assertThat(harness.engine.status(0).nearCapacity()).isTrue();
        assertThat(harness.engine.status(0).waiting()).isEqualTo(8);
    }
}
