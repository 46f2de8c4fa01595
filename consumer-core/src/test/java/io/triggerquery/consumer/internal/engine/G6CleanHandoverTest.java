package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.OTHER_CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * On revocation: drop the queued items of those partitions, wait for running rounds, settle, commit, fence. On loss:
 * fence at once.
 */
class G6CleanHandoverTest {

    private final EngineHarness harness = new EngineHarness(1, 1_000);

    @Test
    void runningRoundsAreCommittedAndQueuedItemsDropped() {
        harness.deliver(P0, 0, "running");
        harness.deliver(P0, 1, "queued");
        harness.begin();
        var drained = harness.engine.release(CONSUMER, List.of(P0));
        assertThat(drained).isNotDone();

        harness.succeed("running");
        assertThat(drained).isDone();
        assertThat(harness.committed).as("queued items are not settled").containsEntry(P0, 1L);
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void drainsImmediatelyWithoutRunningRounds() {
        harness.deliver(P0, 0, "queued");
        assertThat(harness.engine.release(CONSUMER, List.of(P0))).isDone();
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void completionAfterFenceCommitsNothing() {
        harness.deliver(P0, 0, "late");
        harness.begin();
        harness.engine.release(CONSUMER, List.of(P0));
        harness.engine.fence(CONSUMER, List.of(P0));
        harness.succeed("late");
        assertThat(harness.committed).isEmpty();
    }

    @Test
    void lateCompletionCommitsNothingForReassignedPartition() {
        harness.deliver(P0, 0, "late");
        harness.begin();
        harness.engine.fence(CONSUMER, List.of(P0));
        harness.engine.assigned(CONSUMER, List.of(P0));
        harness.deliver(P0, 0, "late");
        harness.succeed("late");
        assertThat(harness.committed)
                .as("the new delivery arrived after that query began")
                .isEmpty();
        assertThat(harness.running()).containsExactly("late");

        harness.succeed("late");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void lostPartitionIsFencedImmediately() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.engine.fence(CONSUMER, List.of(P0));
        harness.succeed("a");
        harness.finishAll();
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void otherPartitionsContinue() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P1, 0, "a");
        harness.deliver(P1, 1, "b");
        harness.engine.release(CONSUMER, List.of(P0));
        harness.engine.fence(CONSUMER, List.of(P0));
        harness.finishAll();
        assertThat(harness.committed).doesNotContainKey(P0).containsEntry(P1, 2L);
    }

    @Test
    void backingOffIdIsDroppedWithItsPartition() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        harness.engine.release(CONSUMER, List.of(P0));
        assertThat(harness.timer.pending()).isZero();
        harness.timer.advance(Duration.ofHours(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void failedRoundOfRevokedPartitionIsNotRetried() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        var drained = harness.engine.release(CONSUMER, List.of(P0));
        harness.fail("a");
        assertThat(drained).isDone();
        harness.timer.advance(Duration.ofHours(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
        assertThat(harness.committed).isEmpty();
    }

    @Test
    void deliveriesOfReleasedPartitionAreIgnored() {
        harness.engine.release(CONSUMER, List.of(P0));
        harness.deliver(P0, 0, "a");
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void expelledConsumerCannotHideDeliveriesOfItsSuccessor() {
        harness.deliver(P0, 400, "x");
        harness.begin();
        harness.engine.assigned(OTHER_CONSUMER, List.of(P0));
        harness.deliver(CONSUMER, P0, 500, EngineHarness.refresh("y"), 1);
        harness.deliver(OTHER_CONSUMER, P0, 400, EngineHarness.refresh("x"), 1);
        harness.fail("x");
        harness.finishAll();
        assertThat(harness.committed).as("400 and no more").containsEntry(P0, 401L);
    }

    @Test
    void lateNoticeOfExpulsionDoesNotStopSuccessor() {
        harness.engine.assigned(OTHER_CONSUMER, List.of(P0));
        harness.engine.release(CONSUMER, List.of(P0));
        harness.engine.fence(CONSUMER, List.of(P0));
        harness.deliver(OTHER_CONSUMER, P0, 7, EngineHarness.refresh("a"), 1);
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 8L);
    }
}
