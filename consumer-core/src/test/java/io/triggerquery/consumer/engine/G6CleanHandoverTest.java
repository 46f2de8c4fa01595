package io.triggerquery.consumer.engine;

import static io.triggerquery.consumer.engine.EngineHarness.P0;
import static io.triggerquery.consumer.engine.EngineHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * On revoke: drop what is queued for those partitions, wait for what runs, settle, commit, then fence. On lost: fence
 * at once.
 */
class G6CleanHandoverTest {

    private final EngineHarness harness = new EngineHarness(1, 1_000);

    @Test
    void whatRunsMayFinishAndIsCommittedWhatIsQueuedIsDropped() {
        harness.deliver(P0, 0, "running");
        harness.deliver(P0, 1, "queued");
        harness.begin();
        var drained = harness.engine.release(List.of(P0));
        assertThat(drained).isNotDone();

        harness.succeed("running");
        assertThat(drained).isDone();
        assertThat(harness.committed).as("queued is not settled").containsEntry(P0, 1L);
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void isDrainedAtOnceWhenNothingRuns() {
        harness.deliver(P0, 0, "queued");
        assertThat(harness.engine.release(List.of(P0))).isDone();
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void aLateCompletionAfterTheFenceCommitsNothing() {
        harness.deliver(P0, 0, "late");
        harness.begin();
        harness.engine.release(List.of(P0));
        harness.engine.fence(List.of(P0));
        harness.succeed("late");
        assertThat(harness.committed).isEmpty();
    }

    @Test
    void aLateCompletionCommitsNothingForThePartitionThatHasComeBack() {
        harness.deliver(P0, 0, "late");
        harness.begin();
        harness.engine.fence(List.of(P0));
        harness.engine.assigned(List.of(P0));
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
    void aLostPartitionIsFencedAtOnce() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.engine.fence(List.of(P0));
        harness.succeed("a");
        harness.finishAll();
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void theOtherPartitionsGoOn() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P1, 0, "a");
        harness.deliver(P1, 1, "b");
        harness.engine.release(List.of(P0));
        harness.engine.fence(List.of(P0));
        harness.finishAll();
        assertThat(harness.committed).doesNotContainKey(P0).containsEntry(P1, 2L);
    }

    @Test
    void anIdThatBacksOffIsForgottenWithItsPartition() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        harness.engine.release(List.of(P0));
        assertThat(harness.timer.pending()).isZero();
        harness.timer.advance(Duration.ofHours(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void aRoundThatFailsWhileItsPartitionLeavesIsNotRepeated() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        var drained = harness.engine.release(List.of(P0));
        harness.fail("a");
        assertThat(drained).isDone();
        harness.timer.advance(Duration.ofHours(1));
        harness.begin();
        assertThat(harness.running()).isEmpty();
        assertThat(harness.committed).isEmpty();
    }

    @Test
    void nothingIsTakenInForAPartitionThatLeaves() {
        harness.engine.release(List.of(P0));
        harness.deliver(P0, 0, "a");
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }
}
