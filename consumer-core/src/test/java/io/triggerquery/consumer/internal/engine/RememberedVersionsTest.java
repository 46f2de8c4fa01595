package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A trigger is settled without a query only if nothing newer can exist. */
class RememberedVersionsTest {

    private final EngineHarness harness = new EngineHarness(new Limits(4, 1, 1_000, 500, 100), EngineHarness.PATIENCE);

    @Test
    void deferredTriggerIsQueriedDespiteAppliedVersion() {
        harness.deliver(P0, 0, "a", 5);
        harness.begin();
        harness.apply("a", 6);
        RetryHistory history = new RetryHistory(1, Duration.ofSeconds(60), Duration.ZERO);
        harness.deliver(RETRY, 0, new Work.Refresh(EngineHarness.trigger("a", OptionalLong.of(5)), history), 1);
        harness.deliver(P1, 0, "a", 5);
        assertThat(harness.committed).doesNotContainKey(RETRY).containsEntry(P1, 1L);

        harness.timer.advance(EngineHarness.pause(Duration.ofSeconds(60)));
        harness.begin();
        harness.apply("a", 6);
        assertThat(harness.committed).containsEntry(RETRY, 1L);
    }

    @Test
    void triggerWithVersionBeforeItsChangeIsQueried() {
        applied("a", 0);
        harness.deliver(P0, 1, "a", 0); // for the change to version 1; the sender read the version before the flush
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void deletionWithUnchangedVersionIsQueried() {
        applied("a", 7);
        harness.deliver(P0, 1, "a", 7);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void idCreatedAgainAtLowerVersionIsQueried() {
        applied("a", 7);
        harness.deliver(P0, 1, "a", 8);
        harness.begin();
        harness.end("a", new Outcome.Applied(OptionalLong.empty(), true));
        harness.deliver(P0, 2, "a", 1);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void absenceForTriggerWithoutVersionForgetsVersion() {
        applied("a", 7);
        harness.deliver(P0, 1, "a");
        harness.begin();
        harness.end("a", new Outcome.Applied(OptionalLong.of(8), true));
        harness.deliver(P0, 2, "a", 1);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void versionOfTriggerAloneSettlesNoOtherTrigger() {
        harness.deliver(P0, 0, "a", Long.MAX_VALUE);
        harness.begin();
        harness.end("a", new Outcome.Applied(OptionalLong.empty(), true)); // a confirmed 404
        harness.deliver(P0, 1, "a", 7);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void versionsAreForgottenWhenAssignmentEnds() {
        applied("a", 7);
        harness.engine.release(EngineHarness.CONSUMER, List.of(P0));
        harness.engine.fence(EngineHarness.CONSUMER, List.of(P0));
        harness.engine.assigned(EngineHarness.CONSUMER, List.of(P0));
        harness.deliver(P0, 5, "a", 1);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void operatorCanForgetId() {
        applied("a", 7);
        harness.engine.ids().forget("a");
        harness.deliver(P0, 1, "a", 1);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    private void applied(String id, long version) {
        harness.deliver(P0, 0, id, version);
        harness.begin();
        harness.apply(id, version);
    }
}
