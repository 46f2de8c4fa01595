package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** G1 after a rewind: offsets that are read again hold the watermark, whatever else is open. */
class RewindTest {

    private final EngineHarness harness = new EngineHarness();

    @Test
    void nothingIsCommittedWhileRereadOffsetIsOpen() {
        harness.deliver(P0, 10, "a");
        harness.deliver(P0, 11, "b");
        harness.deliver(P0, 7, "read again");
        harness.begin();
        harness.succeed("a");
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.status(0).partitions().get(0).watermark()).isEqualTo(7);

        harness.succeed("read again");
        assertThat(harness.committed).containsEntry(P0, 11L);
        harness.succeed("b");
        assertThat(harness.committed).containsEntry(P0, 12L);
    }

    @Test
    void rereadOffsetSupersedesLaterOffsetWithoutLosingIt() {
        harness.deliver(P0, 6, "a");
        harness.deliver(P0, 7, "b");
        harness.deliver(P0, 3, "a");
        harness.begin();
        assertThat(harness.committed).as("a at 6 was superseded by a at 3").isEmpty();

        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 7L);
    }

    @Test
    void lastRereadOffsetReleasesWatermark() {
        harness.deliver(P0, 20, "a");
        harness.deliver(P0, 5, "b");
        harness.deliver(P0, 6, "c");
        harness.begin();
        harness.succeed("a");
        harness.succeed("b");
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.status(0).partitions().get(0).watermark()).isEqualTo(6);
        harness.succeed("c");
        assertThat(harness.committed).containsEntry(P0, 21L);
        assertThat(harness.engine.status(0).partitions().get(0).watermark()).isEqualTo(21);
    }
}
