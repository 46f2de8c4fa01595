package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * A delivery may be committed before it is applied if a later one of its id supersedes it. After a crash only the later
 * one is replayed, so it must require no older version; triggers may overtake each other.
 */
class SupersedingTest {

    private final EngineHarness harness = new EngineHarness(1, 1_000);

    private void block() {
        harness.deliver(EngineHarness.P1, 0, "busy");
        harness.begin();
    }

    @Test
    void triggerForHigherVersionIsHeldUntilApplied() {
        block();
        harness.deliver(P0, 0, "a", 7);
        harness.deliver(P0, 1, "a", 6);
        assertThat(harness.committed).isEmpty();
        harness.succeed("busy");
        assertThat(harness.together("a")).containsExactly("a");
        harness.apply("a", 7);
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void triggerForHigherVersionIsHeldAfterFailedOrStaleRound() {
        harness.deliver(P0, 0, "a", 7);
        harness.begin();
        harness.deliver(P0, 1, "a", 6);
        harness.end("a", new Outcome.Stale(OptionalLong.of(6)));
        assertThat(harness.committed).doesNotContainKey(P0);
        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        harness.apply("a", 7);
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void atMostTwoDeliveriesPerIdAreHeld() {
        block();
        for (int i = 0; i < 100; i++) {
            harness.deliver(P0, i, "a", 1_000 - i);
        }
        assertThat(harness.engine.pending()).as("including the running one").isEqualTo(3);
        harness.deliver(P0, 100, "a", 1_000);
        assertThat(harness.engine.pending()).isEqualTo(2);
        assertThat(harness.committed).as("up to the newest").containsEntry(P0, 100L);
    }

    @Test
    void triggerWithoutVersionSupersedesAllAndNeedsANewQuery() {
        block();
        harness.deliver(P0, 0, "a", 7);
        harness.deliver(P0, 1, "a");
        assertThat(harness.committed).containsEntry(P0, 1L);
        harness.deliver(P0, 2, "a", 7);
        assertThat(harness.committed)
                .as("version 7 may already be applied where it is replayed")
                .containsEntry(P0, 1L);
        harness.succeed("busy");
        harness.apply("a", 8);
        assertThat(harness.committed).containsEntry(P0, 3L);
    }

    @Test
    void recordDecodedLateWaitsForSettleDelayOfSupersededTrigger() {
        Duration second = Duration.ofSeconds(1);
        var late = new EngineHarness(
                new EngineSettings.Limits(4, 1, 1_000, 500, 0),
                new EngineSettings.Timing(second, second, second, Duration.ofDays(1)));
        late.deliver(P0, 0, new Work.Undecoded("late", () -> EngineHarness.refresh("a"), () -> {}), 1);
        late.deliver(P0, 1, "a");
        late.timer.advance(second);
        late.begin();
        late.deliver(P0, 2, "a");
        late.decode("late", EngineHarness.refresh("a"));
        late.succeed("a");
        assertThat(late.running()).as("the younger trigger must wait").isEmpty();

        late.timer.advance(second);
        late.begin();
        late.succeed("a");
        assertThat(late.committed).containsEntry(P0, 3L);
    }
}
