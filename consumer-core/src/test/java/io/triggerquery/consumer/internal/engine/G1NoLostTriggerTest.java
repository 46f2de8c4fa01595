package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An offset is committed only when every delivery at or below it in its partition is settled. */
class G1NoLostTriggerTest {

    private final EngineHarness harness = new EngineHarness();

    @Test
    void commitsNothingBeforeRoundSucceeds() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        assertThat(harness.committed).isEmpty();

        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void holdsWatermarkAtOldestOpenDelivery() {
        harness.deliver(P0, 0, "slow");
        harness.deliver(P0, 1, "b");
        harness.deliver(P0, 2, "c");
        harness.begin();
        harness.succeed("c");
        harness.succeed("b");
        assertThat(harness.committed).isEmpty();

        harness.succeed("slow");
        assertThat(harness.committed).containsEntry(P0, 3L);
    }

    @Test
    void commitsUpToStuckIdOnly() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, "stuck");
        harness.deliver(P0, 2, "c");
        harness.begin();
        harness.succeed("a");
        harness.fail("stuck");
        harness.succeed("c");
        assertThat(harness.committed).containsEntry(P0, 1L);

        harness.timer.advance(Duration.ofSeconds(1));
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 3L);
    }

    @Test
    void roundIsAcknowledgedOncePerPartition() {
        var batching = new EngineHarness(new EngineSettings.Limits(1, 8, 100, 50, 0), EngineHarness.PATIENCE);
        for (int offset = 0; offset < 3; offset++) {
            batching.deliver(P0, offset, "a" + offset);
            batching.deliver(P1, offset, "b" + offset);
        }
        batching.begin();
        batching.succeed("a0");
        assertThat(batching.committed).containsEntry(P0, 3L).containsEntry(P1, 3L);
        assertThat(batching.acknowledgements).isEqualTo(2);
    }

    @Test
    void offsetGapsDoNotStallWatermark() {
        harness.deliver(P0, 5, "a");
        harness.deliver(P0, 900, "b");
        harness.deliver(P0, 70_000, "c");
        harness.begin();
        harness.succeed("b");
        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 901L);

        harness.succeed("c");
        assertThat(harness.committed).containsEntry(P0, 70_001L);
    }

    @Test
    void watermarkStopsAtSupersedingDelivery() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, "b");
        harness.deliver(P0, 2, "a");
        harness.begin();
        harness.succeed("b");
        assertThat(harness.committed).as("b is done, a's newer trigger is not").containsEntry(P0, 2L);

        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 3L);
    }

    @Test
    void triggerDuringQueryIsNotSettledByIt() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.deliver(P0, 1, "a");
        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.running()).containsExactly("a");

        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void oneRoundSettlesTriggersInTwoPartitions() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P1, 40, "a");
        harness.begin();
        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 1L).containsEntry(P1, 41L);
    }

    @Test
    void redeliveryOfOpenOffsetIsIgnored() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, "b");
        harness.deliver(P0, 0, "a");
        assertThat(harness.engine.pending()).isEqualTo(2);
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 2L);
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void rereadOffsetsAreProcessedAndHoldWatermark() {
        harness.deliver(P0, 1_000, "a");
        harness.finishAll();
        harness.deliver(P0, 900, "new since the log was cut");
        harness.deliver(P0, 901, "b");
        harness.deliver(P0, 1_001, "c");
        harness.begin();
        harness.succeed("b");
        harness.succeed("c");
        assertThat(harness.committed).containsEntry(P0, 1_001L);

        harness.succeed("new since the log was cut");
        assertThat(harness.committed).containsEntry(P0, 1_002L);
    }

    @Test
    void rereadOffsetsHoldWatermarkForEarlierOpenOffsets() {
        harness.deliver(P0, 995, "slow");
        harness.deliver(P0, 1_000, "a");
        harness.begin();
        harness.succeed("a");
        harness.deliver(P0, 900, "new since the log was cut");
        harness.succeed("slow");
        assertThat(harness.committed).isEmpty();

        harness.succeed("new since the log was cut");
        assertThat(harness.committed).containsEntry(P0, 1_001L);
    }

    @Test
    void invalidMessageIsSettledWhenDeadLetterIsSent() {
        harness.deliver(P0, 0, new Work.DeadLetter("triggers-0@0", "empty", () -> {}), 0);
        harness.deliver(P0, 1, "b");
        harness.begin();
        harness.succeed("b");
        assertThat(harness.committed).isEmpty();

        harness.succeed("triggers-0@0");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void roundStartsLaterIfNoThreadIsAvailable() {
        harness.noThreads = true;
        harness.deliver(P0, 0, "a");
        harness.noThreads = false;
        harness.timer.advance(Duration.ofSeconds(1));
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 1L);
    }
}
