package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The merged trigger of a work item. */
class WorkItemTest {

    private static final Instant EARLY = Instant.ofEpochSecond(1);
    private static final Instant LATE = Instant.ofEpochSecond(2);

    private final OffsetTracker tracker = tracker(0);
    private final WorkItem item = new WorkItem(EngineHarness.refresh("a"), new WorkState.Ready(Lane.LIVE));
    private long offset;

    private OffsetTracker tracker(int partition) {
        return new OffsetTracker(
                new TopicPartition("triggers", partition),
                this,
                new PendingLimit(100),
                new DecoderHealth(100, 20).of("triggers"),
                new ArrayList<>());
    }

    private static final RoundProgress ROUND = new RoundProgress(IdState.Step.QUERY, 0);

    private void merge(OptionalLong version, Instant producedAt, Object context) {
        var work = new Work.Refresh(new Trigger("triggers", "a", version, producedAt), RetryHistory.NONE, context);
        item.merge(tracker.register(new Delivery(tracker.partition(), offset++, work, 1, () -> {}), 0), true);
    }

    @Test
    void mergesHighestVersionEarliestTimeAndNewestContext() {
        merge(OptionalLong.of(5), LATE, "first");
        merge(OptionalLong.of(7), EARLY, "second");
        merge(OptionalLong.of(6), LATE, null);
        WorkState.Running running = item.take(0, ROUND);
        assertThat(running.trigger()).isEqualTo(new Trigger("triggers", "a", OptionalLong.of(7), EARLY));
        assertThat(running.context()).isEqualTo("second");
    }

    @Test
    void triggerWithoutVersionKeepsMergedVersion() {
        merge(OptionalLong.of(0), EARLY, null);
        merge(OptionalLong.empty(), LATE, null);
        assertThat(item.take(0, ROUND).trigger().version()).hasValue(0);
    }

    @Test
    void takenBackRoundKeepsItsMergedTrigger() {
        merge(OptionalLong.of(7), EARLY, null);
        WorkState.Running running = item.take(0, ROUND);
        merge(OptionalLong.of(3), LATE, null);
        item.takeBack(running);
        assertThat(item.take(0, ROUND).trigger()).isEqualTo(new Trigger("triggers", "a", OptionalLong.of(7), EARLY));
    }

    @Test
    void mergedTriggerIsEmptyWhenAllIsTaken() {
        merge(OptionalLong.of(7), EARLY, null);
        item.take(0, ROUND);
        merge(OptionalLong.of(3), LATE, null);
        assertThat(item.take(0, ROUND).trigger()).isEqualTo(new Trigger("triggers", "a", OptionalLong.of(3), LATE));
    }

    @Test
    void takesOnlyDeliveriesOlderThanSettleDelay() {
        OffsetTracker other = tracker(1);
        merge(OptionalLong.of(1), EARLY, null);
        item.merge(
                other.register(new Delivery(other.partition(), 0, EngineHarness.refresh("a"), 1, () -> {}), 10), true);
        assertThat(item.take(9, ROUND).taken()).hasSize(1);
        assertThat(item.waiting()).hasSize(1);
        assertThat(item.take(10, ROUND).taken()).hasSize(1);
        assertThat(List.copyOf(item.waiting())).isEmpty();
    }
}
