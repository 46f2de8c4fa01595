package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A trigger is settled by an answer that is as new as the trigger, or by a confirmed absence. */
class FreshnessTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final EngineHarness harness = new EngineHarness();

    private void stale(String id, long version) {
        harness.end(id, new Outcome.Stale(OptionalLong.of(version)));
    }

    @Test
    void staleAnswerIsNotAFailureAndIsQueriedAgainSoon() {
        harness.deliver(P0, 0, "a", 5);
        harness.begin();
        stale("a", 4);
        harness.begin();
        assertThat(harness.running()).isEmpty();
        harness.timer.advance(Duration.ofMillis(100));
        harness.begin();
        stale("a", 4);
        harness.timer.advance(Duration.ofMillis(100));
        harness.begin();
        assertThat(harness.running()).as("the pause doubles").isEmpty();
        harness.timer.advance(Duration.ofMillis(100));
        harness.begin();
        assertThat(harness.failures).isEmpty();
        assertThat(harness.committed).isEmpty();

        harness.apply("a", 5);
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void persistentlyStaleAnswerBecomesFailureWithReason() {
        harness.deliver(P0, 0, "a", 5);
        harness.begin();
        for (int second = 0; harness.failures.isEmpty() && second < 60; second++) {
            if (harness.running().contains("a")) {
                stale("a", 4);
            }
            harness.timer.advance(Duration.ofSeconds(1));
            harness.begin();
        }
        assertThat(harness.failures).hasSize(1);
        assertThat(harness.engine.status(1).stuck().get(0).lastCause())
                .contains("version 4 of a")
                .contains("sent for version 5");
    }

    @Test
    void staleAnswerIsNotAFailureDuringGracePeriod() {
        harness.deliver(P0, 0, "a", 5);
        harness.begin();
        stale("a", 4);
        harness.timer.advance(EngineHarness.PATIENCE.staleGrace());
        harness.begin();
        stale("a", 4);
        assertThat(harness.failures).isEmpty();
        harness.timer.advance(Duration.ofSeconds(2));
        harness.begin();
        stale("a", 4);
        assertThat(harness.failures).hasSize(1);
    }

    private static Work deferred(long version, Duration failingFor) {
        return new Work.Refresh(
                EngineHarness.trigger("a", OptionalLong.of(version)),
                new RetryHistory(300, failingFor, Duration.ofHours(4)));
    }

    private void staleUntilItIsPutAside(EngineHarness patient) {
        patient.timer.advance(Duration.ofMillis(100));
        patient.begin();
        for (int looks = 0; patient.batchOf("a") instanceof Batch.Refresh; looks++) {
            assertThat(looks).isLessThan(100);
            patient.end("a", new Outcome.Stale(OptionalLong.of(1)));
            while (patient.running().isEmpty()) {
                patient.timer.advance(Duration.ofMillis(100));
                patient.begin();
            }
        }
    }

    /** For example, version 7 of an id that was deleted and created again at version 1. */
    @Test
    void triggerWithVersionNotReachedForADayIsDeadLettered() {
        var timing = new Timing(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(1));
        var patient = new EngineHarness(new Limits(4, 1, 1_000, 500, 0), timing);
        patient.deliver(RETRY, 0, deferred(7, Duration.ofHours(23)), 1);
        staleUntilItIsPutAside(patient);
        assertThat(patient.batchOf("a")).as("not yet").isInstanceOf(Batch.Defer.class);
        patient.succeed("a");

        patient.deliver(RETRY, 1, deferred(7, Duration.ofHours(24)), 1);
        staleUntilItIsPutAside(patient);
        assertThat(patient.committed).containsEntry(RETRY, 1L);
        patient.succeed("a");
        assertThat(patient.committed).containsEntry(RETRY, 2L);
        assertThat(patient.deadLettered).hasSize(1);
        assertThat(patient.deadLettered.get(0))
                .contains("version 1 of a, but its trigger was sent for version 7")
                .contains("created again at a lower version")
                .contains("forget");
    }

    @Test
    void operatorCanForgetVersionOfWaitingTrigger() {
        harness.deliver(P0, 0, "a", 7);
        harness.begin();
        stale("a", 1);
        assertThat(harness.running()).isEmpty();
        harness.engine.ids().forget("a");
        harness.begin();
        assertThat(wanted("a")).isEmpty();
        harness.apply("a", 1);
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void operatorCanForgetVersionOfRunningTrigger() {
        harness.deliver(P0, 0, "a", 7);
        harness.begin();
        harness.engine.ids().forget("a");
        stale("a", 1);
        harness.timer.advance(Duration.ofMillis(100));
        harness.begin();
        assertThat(wanted("a")).isEmpty();
        harness.deliver(P1, 0, "a", 8);
        harness.apply("a", 1);
        assertThat(wanted("a")).as("a later version still counts").hasValue(8);
    }

    private OptionalLong wanted(String id) {
        return ((Batch.Refresh) harness.batchOf(id)).queries().get(0).trigger().version();
    }

    @Test
    void highestMergedVersionCountsEvenIfSuperseded() {
        harness.deliver(P0, 0, "a", 7);
        harness.deliver(P0, 1, "a", 6);
        harness.deliver(P1, 0, "a");
        harness.begin();
        var batch = (Batch.Refresh) harness.batchOf("a");
        assertThat(batch.queries().get(0).trigger().version()).hasValue(7);

        harness.fail("a");
        harness.deliver(P0, 2, "a", 3);
        harness.begin();
        batch = (Batch.Refresh) harness.batchOf("a");
        assertThat(batch.queries().get(0).trigger().version())
                .as("kept after a failure")
                .hasValue(7);
    }

    @Test
    void requiredVersionIsForgottenWhenApplied() {
        harness.deliver(P0, 0, "a", 7);
        harness.begin();
        harness.deliver(P0, 1, "a", 2);
        harness.apply("a", 7);
        var batch = (Batch.Refresh) harness.batchOf("a");
        assertThat(batch.queries().get(0).trigger().version()).hasValue(2);
    }

    @Test
    void absenceIsConfirmedAfterGracePeriod() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        assertThat(believed("a")).isFalse();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(Duration.ofMillis(1_500));
        harness.deliver(P0, 1, "a");
        harness.begin();
        assertThat(believed("a"))
                .as("a new trigger is queried at once and restarts the grace period")
                .isFalse();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(Duration.ofSeconds(2));
        harness.begin();
        assertThat(believed("a")).isTrue();
        assertThat(harness.failures).isEmpty();

        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void stateBetweenAbsencesRestartsGracePeriod() {
        harness.deliver(P0, 0, "a", 2);
        harness.begin();
        harness.end("a", new Outcome.Unconfirmed());
        harness.timer.advance(Duration.ofSeconds(2));
        harness.begin();
        stale("a", 1);
        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        assertThat(believed("a")).isFalse();
    }

    private boolean believed(String id) {
        return ((Batch.Refresh) harness.batchOf(id)).queries().get(0).absenceConfirmed();
    }

    @Test
    void triggerForAppliedVersionIsNotQueried() {
        var remembering = new EngineHarness(new Limits(4, 1, 1_000, 500, 100), EngineHarness.PATIENCE);
        remembering.deliver(P0, 0, "a", 5);
        remembering.begin();
        remembering.apply("a", 7);
        remembering.deliver(P0, 1, "a", 6);
        remembering.begin();
        assertThat(remembering.running()).isEmpty();
        assertThat(remembering.committed).containsEntry(P0, 2L);

        remembering.deliver(P0, 2, "a", 7);
        remembering.deliver(P0, 3, "a");
        remembering.begin();
        assertThat(remembering.running()).containsExactly("a");
        remembering.deliver(P0, 4, "a", 6);
        assertThat(remembering.committed)
                .as("an already applied delivery does not supersede an open one")
                .containsEntry(P0, 3L);
    }

    @Test
    void staleAnswerIsRememberedWithItsOwnVersion() {
        var remembering = new EngineHarness(new Limits(4, 1, 1_000, 500, 100), EngineHarness.PATIENCE);
        remembering.deliver(P0, 0, "a", 5);
        remembering.begin();
        remembering.end("a", new Outcome.Stale(OptionalLong.of(4)));
        remembering.deliver(P1, 0, "a", 3);
        assertThat(remembering.committed).containsOnlyKeys(P1);
    }

    @Test
    void queryBeginsAfterSettleDelayOfItsTriggers() {
        var patient =
                new EngineHarness(new Limits(4, 1, 1_000, 500, 0), new Timing(Duration.ofSeconds(1), DAY, DAY, DAY));
        patient.deliver(P0, 0, "a");
        patient.timer.advance(Duration.ofMillis(600));
        patient.deliver(P1, 0, "a");
        patient.begin();
        assertThat(patient.running()).isEmpty();
        patient.timer.advance(Duration.ofMillis(400));
        patient.begin();
        patient.succeed("a");
        assertThat(patient.committed).as("the second was too young").containsOnlyKeys(P0);
        assertThat(patient.running()).isEmpty();
        patient.timer.advance(Duration.ofMillis(600));
        patient.begin();
        patient.succeed("a");
        assertThat(patient.committed).containsEntry(P1, 1L);
    }

    @Test
    void hotIdIsQueriedOncePerSettleDelay() {
        var patient =
                new EngineHarness(new Limits(4, 1, 1_000, 500, 0), new Timing(Duration.ofSeconds(1), DAY, DAY, DAY));
        int rounds = 0;
        for (int i = 0; i < 100; i++) {
            patient.deliver(P0, i, "hot");
            patient.timer.advance(Duration.ofMillis(100));
            patient.begin();
            if (patient.running().contains("hot")) {
                rounds++;
                patient.succeed("hot");
            }
        }
        assertThat(rounds).as("in ten seconds").isBetween(9, 12);
        patient.timer.advance(Duration.ofSeconds(1));
        patient.begin();
        patient.succeed("hot");
        assertThat(patient.committed).containsEntry(P0, 100L);
    }
}
