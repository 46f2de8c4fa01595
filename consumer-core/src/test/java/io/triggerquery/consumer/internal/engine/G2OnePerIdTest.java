package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At most one round per id runs; a trigger that arrives while its id runs causes exactly one more round after it. */
class G2OnePerIdTest {

    private final EngineHarness harness = new EngineHarness();

    @Test
    void runsMoreIdsInParallelThanPartitions() {
        List.of("a", "b", "c", "d", "e").forEach(id -> harness.deliver(P0, id.charAt(0), id));
        harness.begin();
        assertThat(harness.running()).containsExactly("a", "b", "c", "d");

        harness.succeed("c");
        assertThat(harness.running()).containsExactly("a", "b", "d", "e");
    }

    @Test
    void waitingTriggersOfOneIdCauseOneRound() {
        for (int offset = 0; offset < 100; offset++) {
            harness.deliver(P0, offset, "a");
        }
        harness.begin();
        harness.succeed("a");
        assertThat(harness.running()).isEmpty();
        assertThat(harness.committed).containsEntry(P0, 100L);
    }

    @Test
    void triggersDuringRoundCauseExactlyOneMore() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        for (int offset = 1; offset < 100; offset++) {
            harness.deliver(P0, offset, "a");
            harness.deliver(P1, offset, "a");
            harness.begin();
        }
        assertThat(harness.running()).containsExactly("a");
        harness.succeed("a");
        assertThat(harness.running()).containsExactly("a");
        harness.succeed("a");
        assertThat(harness.running()).isEmpty();
    }

    @Test
    void backsOffPerIdWithGrowingPauses() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, "b");
        harness.begin();
        Duration failing = Duration.ZERO;
        Duration lastPause = Duration.ZERO;
        for (int round = 1; round <= 50; round++) {
            Duration pause = EngineHarness.pause(failing);
            failing = failing.plus(pause);
            lastPause = pause;
            harness.fail("a");
            assertThat(harness.running()).doesNotContain("a");
            harness.timer.advance(pause.minusMillis(1));
            harness.begin();
            assertThat(harness.running()).doesNotContain("a");
            harness.timer.advance(Duration.ofMillis(1));
            harness.begin();
            assertThat(harness.running()).contains("a");
        }
        assertThat(harness.failures)
                .startsWith("a 1 1s")
                .contains("a 11 2s")
                .endsWith("a 50 " + lastPause.toSeconds() + "s");
        assertThat(lastPause).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void newTriggerEndsBackOffAndKeepsFailureCount() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        harness.deliver(P0, 1, "a");
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
        assertThat(harness.timer.pending()).isZero();

        harness.fail("a");
        assertThat(harness.failures).containsExactly("a 1 1s", "a 2 1s");
    }

    @Test
    void successResetsFailureCount() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        harness.deliver(P0, 1, "a");
        harness.begin();
        harness.deliver(P0, 2, "a");
        harness.succeed("a");
        harness.fail("a");
        assertThat(harness.failures).containsExactly("a 1 1s", "a 1 1s");
    }

    @Test
    void refusedQueriesCountNoFailure() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, "b");
        harness.begin();
        harness.refuse("a", Duration.ofSeconds(1));
        harness.refuse("b", Duration.ofSeconds(1));
        harness.deliver(P0, 2, "a");
        harness.deliver(P0, 3, "c");
        harness.begin();
        assertThat(harness.running()).isEmpty();

        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        assertThat(harness.running()).as("one at first").containsExactly("a");
        assertThat(harness.failures).isEmpty();
        harness.fail("a");
        assertThat(harness.failures).as("the first failure that counts").containsExactly("a 1 1s");
        harness.timer.advance(Duration.ofSeconds(1));
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 4L);
    }

    @Test
    void deadLettersDoNotWaitForSourceOrOccupyAllWorkers() {
        for (int offset = 0; offset < 10; offset++) {
            harness.deliver(P0, offset, new Work.DeadLetter("triggers-0@" + offset, "empty", () -> {}), 0);
        }
        harness.deliver(P0, 10, "a");
        harness.begin();
        assertThat(harness.running()).containsExactlyInAnyOrder("triggers-0@0", "a");

        harness.refuse("a", Duration.ofSeconds(1));
        harness.succeed("triggers-0@0");
        assertThat(harness.running()).containsExactly("triggers-0@1");
        harness.timer.advance(Duration.ofSeconds(1));
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 11L);
    }
}
