package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Memory is bounded by configuration; beyond it the partitions are paused, with hysteresis. */
class G4BoundedTest {

    private final EngineHarness harness = new EngineHarness(4, 10);

    private void deliver(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            harness.deliver(P0, offset, "id-" + offset);
        }
    }

    @Test
    void pausesAtLimitAndResumesAtHalfOfIt() {
        deliver(0, 9);
        assertThat(harness.paused).isEmpty();
        deliver(9, 10);
        assertThat(harness.paused).containsExactlyInAnyOrder(P0, P1, RETRY);

        harness.begin();
        for (int done = 0; done < 4; done++) {
            harness.succeed("id-" + done);
            assertThat(harness.paused).as("after " + (done + 1)).hasSize(3);
        }
        harness.succeed("id-4");
        assertThat(harness.paused).isEmpty();
    }

    @Test
    void mergedTriggersDoNotCount() {
        for (int offset = 0; offset < 1_000; offset++) {
            harness.deliver(P0, offset, "id-" + offset % 3);
        }
        assertThat(harness.engine.pending()).isEqualTo(3);
        assertThat(harness.paused).isEmpty();
    }

    @Test
    void stuckIdHoldsNoMemoryOfLaterDeliveries() {
        harness.deliver(P0, 0, "stuck");
        harness.begin();
        harness.fail("stuck");
        for (int offset = 1; offset < 10_000; offset++) {
            harness.deliver(P0, offset, "id-" + offset);
            harness.begin();
            harness.succeed("id-" + offset);
        }
        assertThat(harness.engine.pending()).isEqualTo(1);
        assertThat(harness.paused).isEmpty();
    }

    @Test
    void largeMessageCountsByKilobytes() {
        harness.deliver(P0, 0, new Work.DeadLetter("triggers-0@0", "too long", () -> {}), 20 * 1024);
        assertThat(harness.paused).containsExactlyInAnyOrder(P0, P1, RETRY);

        harness.finishAll();
        assertThat(harness.paused).isEmpty();
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void supersededLargeMessageCountsUntilReleased() {
        harness.deliver(P0, 0, new Work.DeadLetter("triggers-0@0", "too long", () -> {}), 4 * 1024);
        harness.deliver(P0, 1, "stuck");
        harness.begin();
        harness.succeed("triggers-0@0");
        harness.fail("stuck");
        assertThat(harness.engine.pending()).isEqualTo(5);
    }

    @Test
    void partitionsAssignedAtLimitArePaused() {
        deliver(0, 10);
        TopicPartition arriving = new TopicPartition("triggers", 7);
        harness.engine.assigned(CONSUMER, List.of(arriving));
        assertThat(harness.paused).containsExactlyInAnyOrder(P0, P1, RETRY, arriving);
    }

    @Test
    void revokedPartitionsFreePendingWeight() {
        deliver(0, 10);
        harness.engine.release(CONSUMER, List.of(P0));
        harness.engine.fence(CONSUMER, List.of(P0));
        assertThat(harness.engine.pending()).isZero();
        assertThat(harness.paused)
                .as("no stale request to pause is left behind")
                .isEmpty();
    }

    @Test
    void partitionMovedToAnotherConsumerAtLimitIsPausedThere() {
        deliver(0, 10);
        harness.paused.remove(P1); // the pause was a request to the former consumer
        harness.engine.assigned(EngineHarness.OTHER_CONSUMER, List.of(P1));
        assertThat(harness.paused).contains(P0, P1);
    }
}
