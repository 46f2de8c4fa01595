package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static io.triggerquery.consumer.internal.engine.EngineHarness.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import io.triggerquery.consumer.internal.engine.IdState.Step;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The report about one id. */
class IdLookupTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Limits LIMITS = new Limits(4, 10, 100_000, 50_000, 100, 0, 100);

    private EngineHarness harness = new EngineHarness(LIMITS, EngineHarness.PATIENCE);

    private IdState state(String id) {
        return harness.engine.find(id).state();
    }

    @Test
    void unknownIdHasNoReport() {
        harness.deliver(P0, 0, "other");
        IdStatus status = harness.engine.find("a");
        assertThat(status).isEqualTo(new IdStatus(null, OptionalLong.empty(), List.of()));
        assertThat(status.state()).isEqualTo(new IdState.Unknown());
    }

    @Test
    void reportsReadyThenRunningThenDone() {
        harness.deliver(P0, 0, "a", 7);
        harness.deliver(P0, 1, "b", 7);
        assertThat(state("a")).isEqualTo(new IdState.Ready(Step.QUERY));
        harness.begin();
        harness.timer.advance(SECOND);
        assertThat(state("a")).isEqualTo(new IdState.Running(Step.QUERY, SECOND, 2));
        harness.apply("a", 8);
        IdStatus done = harness.engine.find("a");
        assertThat(done.work()).isNull();
        assertThat(done.applied()).hasValue(8);
        assertThat(done.rounds())
                .containsExactly(new PastRound(
                        Duration.ZERO, SECOND, "applied", 2, OptionalLong.of(7), OptionalLong.of(8), null, null));
        assertThat(done.state()).isEqualTo(new IdState.Done(done.rounds().get(0)));
    }

    @Test
    void reportsWhetherSourceOrProjectionRuns() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.batchOf("a").progress().projecting();
        assertThat(state("a")).isEqualTo(new IdState.Running(Step.PROJECTION, Duration.ZERO, 1));
    }

    @Test
    void reportsBackOffAndCauseOfFailingId() {
        harness.deliver(P0, 5, "a", 7);
        harness.begin();
        harness.fail("a");
        harness.timer.advance(Duration.ofMillis(400));
        IdStatus.OpenWork work = harness.engine.find("a").work();
        assertThat(work)
                .isEqualTo(new IdStatus.OpenWork(
                        new IdState.Waiting("back-off", Duration.ofMillis(600)),
                        trigger("a", OptionalLong.of(7)),
                        List.of(new IdStatus.Open(P0, 5, Duration.ofMillis(400))),
                        1,
                        Duration.ofMillis(400),
                        "java.lang.IllegalStateException: as scripted"));
    }

    @Test
    void reportsStaleOrAbsentIdAsStuckWithoutFailure() {
        harness.deliver(P0, 0, "a", 7);
        harness.deliver(P0, 1, "b", 7);
        harness.begin();
        Batch batch = harness.batchOf("a");
        harness.end(batch, List.of(new Outcome.Stale(OptionalLong.of(6)), new Outcome.Unconfirmed()));
        assertThat(state("a")).isEqualTo(new IdState.Waiting("stale", Duration.ofMillis(100)));
        assertThat(state("b")).isEqualTo(new IdState.Waiting("absent", Duration.ofSeconds(2)));
        assertThat(harness.engine.find("a").work().failures()).isZero();
        assertThat(harness.engine.find("a").rounds().get(0).answered()).hasValue(6);
        assertThat(harness.engine.find("b").rounds().get(0).outcome()).isEqualTo("unconfirmed");
        harness.timer.advance(Duration.ofMillis(50));
        assertThat(harness.engine.stuck(10).longest())
                .extracting(EngineStatus.Stuck::id, EngineStatus.Stuck::failures, EngineStatus.Stuck::stuckFor)
                .containsExactlyInAnyOrder(tuple("a", 0, Duration.ofMillis(50)), tuple("b", 0, Duration.ofMillis(50)));
    }

    @Test
    void reportsWaitForSettleDelay() {
        harness = new EngineHarness(LIMITS, new Timing(Duration.ofSeconds(5), SECOND, SECOND, Duration.ofDays(1)));
        harness.deliver(P0, 0, "a");
        assertThat(state("a")).isEqualTo(new IdState.Waiting("settle-delay", Duration.ofSeconds(5)));
        assertThat(harness.engine.stuck(10)).isEqualTo(new StuckIds(0, List.of()));
    }

    @Test
    void reportsHeldWhileSourceIsNotQueried() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.refuse("a", Duration.ofSeconds(5));
        harness.timer.advance(SECOND);
        assertThat(state("a")).isEqualTo(new IdState.Held(Duration.ofSeconds(4), null));
        assertThat(harness.engine.find("a").rounds()).as("no query was sent").isEmpty();
        assertThat(harness.engine.stuck(10).total())
                .as("it waits like the others")
                .isZero();
    }

    @Test
    void reportsHeldWithCauseWhileSuspended() {
        harness = new EngineHarness(new Limits(8, 1, 100_000, 50_000, 0, 0, 100), EngineHarness.PATIENCE);
        for (int i = 0; i < 30; i++) {
            harness.deliver(P0, i, "bad-" + i);
        }
        harness.begin();
        while (!harness.running().isEmpty()) {
            harness.fail(harness.running().get(0), FailureKind.RETRYABLE);
        }
        assertThat(harness.suspensions).hasSize(1);
        IdState.Held held = (IdState.Held) state("bad-29");
        assertThat(held.suspended().cause()).hasMessage("as scripted");
        assertThat(held.resumesIn()).isPositive();
        harness.timer.advance(Duration.ofMillis(100));
        harness.begin();
        String probe = harness.running().get(0);
        harness.fail(probe, FailureKind.RETRYABLE);
        assertThat(harness.engine.find(probe).rounds().get(0).failure().cause())
                .as("a failure that does not count is kept too")
                .isEqualTo("java.lang.IllegalStateException: as scripted");
    }

    @Test
    void deferredIdIsDoneAndReturnsWithItsCause() {
        harness = new EngineHarness(LIMITS, new Timing(Duration.ZERO, SECOND, SECOND, Duration.ZERO));
        harness.deliver(P0, 0, "a", 7);
        harness.begin();
        harness.fail("a");
        assertThat(state("a")).isEqualTo(new IdState.Running(Step.DEFERRAL, Duration.ZERO, 1));
        RetryHistory history =
                ((Batch.Defer) harness.batchOf("a")).triggers().get(0).history();
        assertThat(history.cause()).isEqualTo("java.lang.IllegalStateException: as scripted");
        harness.succeed("a");
        assertThat(harness.engine.find("a").rounds())
                .extracting(PastRound::outcome)
                .containsExactly("deferred", "failed");

        harness.deliver(RETRY, 0, new Work.Refresh(trigger("a", OptionalLong.of(7)), history.after(SECOND)), 1);
        IdStatus.OpenWork back = harness.engine.find("a").work();
        assertThat(back.lastCause()).isEqualTo("java.lang.IllegalStateException: as scripted");
        assertThat(back.failures()).isEqualTo(1);
        assertThat(back.failingFor()).isEqualTo(SECOND);
        assertThat(harness.engine.stuck(1).longest().get(0).lastCause()).isEqualTo(back.lastCause());
    }

    @Test
    void deadLetteredIdIsDone() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a", FailureKind.PERMANENT);
        assertThat(state("a")).isEqualTo(new IdState.Running(Step.DEAD_LETTER, Duration.ZERO, 1));
        harness.timer.advance(SECOND);
        harness.succeed("a");
        assertThat(((IdState.Done) state("a")).last().outcome()).isEqualTo("dead-lettered");
        assertThat(((IdState.Done) state("a")).last().lasted()).isEqualTo(SECOND);
    }

    @Test
    void listsOpenDeliveriesAndMergedTrigger() {
        harness.deliver(P0, 3, "a", 7);
        harness.begin();
        harness.timer.advance(SECOND);
        harness.deliver(P1, 9, "a", 5);
        harness.engine.request(trigger("a", OptionalLong.empty()), true);
        IdStatus.OpenWork work = harness.engine.find("a").work();
        assertThat(work.trigger().version()).hasValue(7);
        assertThat(work.deliveries()).extracting(IdStatus.Open::partition).containsExactly(P0, P1, (TopicPartition)
                null);
        assertThat(work.deliveries()).extracting(IdStatus.Open::age).contains(SECOND, Duration.ZERO);
    }

    @Test
    void longRunningRoundIsListedAsStuck() {
        harness.deliver(P0, 0, "hangs");
        harness.begin();
        harness.timer.advance(IdLookup.LONG_ROUND.minusMillis(1));
        assertThat(harness.engine.stuck(10).total()).isZero();
        harness.timer.advance(Duration.ofMillis(1));
        EngineStatus.Stuck stuck = harness.engine.status(10).stuck().get(0);
        assertThat(stuck)
                .isEqualTo(new EngineStatus.Stuck(
                        "hangs",
                        new IdState.Running(Step.QUERY, IdLookup.LONG_ROUND, 1),
                        0,
                        IdLookup.LONG_ROUND,
                        null));
    }

    @Test
    void g4_listsOldestOfTenThousandFailingIds() {
        for (int i = 0; i < 10_000; i++) {
            int failingFor = i * 7919 % 10_000;
            var history = new RetryHistory(3, Duration.ofSeconds(failingFor), Duration.ZERO, "503");
            harness.deliver(RETRY, i, new Work.Refresh(trigger("id-" + failingFor, OptionalLong.empty()), history), 1);
        }
        StuckIds stuck = harness.engine.stuck(3);
        assertThat(stuck.total()).isEqualTo(10_000);
        assertThat(stuck.longest()).extracting(EngineStatus.Stuck::id).containsExactly("id-9999", "id-9998", "id-9997");
        assertThat(harness.engine.stuck(1_000).longest()).hasSize(1_000);
    }

    @Test
    void rebalanceDropsWorkAndKeepsPastRounds() {
        harness.deliver(P0, 0, "a");
        harness.begin();
        harness.fail("a");
        harness.engine.fence(EngineHarness.CONSUMER, List.of(P0));
        assertThat(harness.engine.find("a").work()).isNull();
        assertThat(((IdState.Done) state("a")).last().outcome()).isEqualTo("failed");
    }
}
