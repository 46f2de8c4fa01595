package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static io.triggerquery.consumer.internal.engine.EngineHarness.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A record whose decoder fails is decoded again, as a failing id is queried again. */
class UndecodedTest {

    private static final Timing MINUTE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));

    private static final TopicPartition OTHER_TOPIC = new TopicPartition("others", 0);

    private final EngineHarness harness = new EngineHarness(new Limits(4, 10, 1_000, 500, 0), MINUTE);

    private static Work undecoded(String origin) {
        return new Work.Undecoded(origin, () -> refresh("a"), () -> {});
    }

    private static Work.Several several(String... ids) {
        return new Work.Several(
                List.of(ids).stream().map(EngineHarness::refresh).toList());
    }

    @Test
    void decodedWorkReplacesRecord() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        harness.begin();
        assertThat(harness.batchOf("record 0")).isInstanceOf(Batch.Decode.class);
        harness.decode("record 0", several("a", "b"));
        assertThat(harness.engine.pending()).isEqualTo(2);
        assertThat(harness.committed).isEmpty();
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void engineProcessesResultOfDecodingRound() {
        var calls = new AtomicInteger();
        var work = new Work.Undecoded(
                "record 0",
                () -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("no schema");
                    }
                    return refresh("a");
                },
                () -> {});
        var item = new WorkItem(work, Lane.ISOLATED.ready());
        assertThat(end(new Batch.Decode(item, work, new RoundProgress(IdState.Step.DECODING, 0))))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(end(new Batch.Decode(item, work, new RoundProgress(IdState.Step.DECODING, 0))))
                .isEqualTo(new Outcome.Decoded(refresh("a")));
    }

    private static Outcome end(Batch batch) {
        var pipeline = new Pipeline<>(
                new EngineHarness.NoQuery(1),
                new EngineHarness.NoProjection(),
                failure -> FailureKind.RETRYABLE,
                EngineHarness::pause,
                new EngineHarness.NoOutlets());
        var round = new Round<>(pipeline, new EngineListener() {}, batch, new AbsenceLimit(0));
        round.begin();
        return round.end().get(0);
    }

    @Test
    void recordBacksOffAndIsListedAsStuck() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        harness.begin();
        harness.fail("record 0");
        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        harness.fail("record 0");
        assertThat(harness.failures).containsExactly("record 0 1 1s", "record 0 2 1s");
        assertThat(harness.engine.status(5).stuck()).extracting("id").containsExactly("record 0");
    }

    @Test
    void recordIsDeadLetteredAfterDeferralTimeIfOthersAreDecoded() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        failAfter(Duration.ZERO);
        harness.deliver(P1, 0, new Work.Ignored("other"), 1);
        failAfter(Duration.ofMinutes(1));
        assertThat(harness.batchOf("record 0")).isInstanceOf(Batch.DeadLetterMessage.class);
        assertThat(harness.committed).doesNotContainKey(P0);
        harness.succeed("record 0");
        assertThat(harness.deadLettered)
                .containsExactly("record 0: the decoder failed: java.lang.IllegalStateException: as scripted");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    private void failAfter(Duration time) {
        harness.timer.advance(time);
        harness.begin();
        harness.fail("record 0");
    }

    /** The decoder may work again later, for example when a schema registry is available. */
    @Test
    void recordWaitsWhileNoOtherOfItsTopicIsDecoded() {
        harness.engine.assigned(CONSUMER, List.of(OTHER_TOPIC));
        harness.deliver(P1, 0, new Work.Ignored("before"), 1);
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        failAfter(Duration.ZERO);
        for (int offset = 0; offset < 5; offset++) {
            harness.deliver(OTHER_TOPIC, offset, new Work.Ignored("of another topic"), 1);
            harness.deliver(RETRY, offset, new Work.Ignored("of the retry topic"), 1);
            failAfter(Duration.ofMinutes(20));
        }
        assertThat(harness.deadLettered).isEmpty();
        assertThat(harness.running()).doesNotContain("record 0");

        harness.deliver(P1, 1, new Work.Ignored("after"), 1);
        failAfter(Duration.ofMinutes(20));
        assertThat(harness.batchOf("record 0")).isInstanceOf(Batch.DeadLetterMessage.class);
    }

    @Test
    void laterDecodedRecordShowsThatDecoderWorks() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        harness.deliver(P0, 1, undecoded("record 1"), 10);
        failAfter(Duration.ZERO);
        harness.decode("record 1", new Work.Ignored("record 1"));
        failAfter(Duration.ofMinutes(1));
        assertThat(harness.batchOf("record 0")).isInstanceOf(Batch.DeadLetterMessage.class);
    }

    @Test
    void onlyTopicWithoutDecodedRecordsIsPaused() {
        var small = new EngineHarness(new Limits(4, 10, 60, 50, 0), MINUTE);
        small.engine.assigned(CONSUMER, List.of(OTHER_TOPIC));
        for (int offset = 0; offset < 30; offset++) {
            small.deliver(OTHER_TOPIC, offset, undecoded("record " + offset), 10);
            small.deliver(P0, offset, "a");
            small.begin();
            small.succeed("a");
            assertThat(small.paused).isEqualTo(offset == 29 ? Set.of(OTHER_TOPIC) : Set.of());
        }
        small.begin();
        while (!small.running().isEmpty()) {
            assertThat(small.paused).isEqualTo(small.engine.pending() > 19 ? Set.of(OTHER_TOPIC) : Set.of());
            small.decode(small.running().get(0), new Work.Ignored("record"));
        }
    }

    @Test
    void topicIsResumedWhenItsUndecodedRecordsAreClosed() {
        var small = new EngineHarness(new Limits(4, 10, 60, 50, 0), MINUTE);
        small.engine.assigned(CONSUMER, List.of(OTHER_TOPIC));
        for (int offset = 0; offset < 30; offset++) {
            small.deliver(OTHER_TOPIC, offset, undecoded("record " + offset), 10);
        }
        assertThat(small.paused).containsExactly(OTHER_TOPIC);
        small.engine.release(CONSUMER, List.of(OTHER_TOPIC));
        small.engine.fence(CONSUMER, List.of(OTHER_TOPIC));
        assertThat(small.paused).isEmpty();
    }

    @Test
    void oneLargeRecordDoesNotPauseItsTopic() {
        var small = new EngineHarness(new Limits(4, 10, 60, 50, 0), MINUTE);
        small.deliver(P0, 0, undecoded("record 0"), 40 * 1024);
        assertThat(small.paused).isEmpty();
    }

    @Test
    void permanentFailureDeadLettersRecordImmediately() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        harness.begin();
        harness.fail("record 0", FailureKind.PERMANENT);
        assertThat(harness.batchOf("record 0")).isInstanceOf(Batch.DeadLetterMessage.class);
    }

    @Test
    void failureOfEveryRecordSuspendsListenerAndPausesReading() {
        for (int offset = 0; offset < 30; offset++) {
            harness.deliver(P0, offset, undecoded("record " + offset), 10);
        }
        harness.begin();
        while (!harness.running().isEmpty()) {
            harness.fail(harness.running().get(0));
        }
        assertThat(harness.suspensions).containsExactly("20 as scripted");
        assertThat(harness.paused).contains(P0, P1, RETRY);
        assertThat(harness.engine.status(100).stuck()).isEmpty();

        harness.timer.advance(Duration.ofHours(2));
        harness.begin();
        assertThat(harness.running()).as("one probe").hasSize(1);
        assertThat(harness.deadLettered).isEmpty();
        String probe = harness.running().get(0);
        harness.decode(probe, refresh("a"));
        assertThat(harness.suspensions).containsExactly("20 as scripted", "resumed");
        assertThat(harness.paused).isEmpty();
    }

    @Test
    void ignoredRecordIsSettledWhenDecoded() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        harness.begin();
        assertThat(harness.ignored).isZero();
        harness.decode("record 0", new Work.Ignored("record 0"));
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.ignored).isEqualTo(1);
    }

    @Test
    void resultAfterRevocationIsIgnored() {
        harness.deliver(P0, 0, undecoded("record 0"), 10);
        harness.begin();
        var drained = harness.engine.release(CONSUMER, List.of(P0));
        assertThat(drained).isNotDone();
        harness.decode("record 0", refresh("a"));
        assertThat(drained).isCompleted();
        assertThat(harness.running()).isEmpty();
        harness.engine.fence(CONSUMER, List.of(P0));
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void recordIsNeverBatchedWithIds() {
        harness.deliver(P0, 0, "x");
        harness.deliver(P0, 1, "y");
        harness.begin();
        harness.end("x", new Outcome.Split(1, new IllegalStateException("heavy"), FailureKind.RETRYABLE, true));
        harness.end("y", new Outcome.Split(1, new IllegalStateException("heavy"), FailureKind.RETRYABLE, true));
        harness.deliver(P0, 2, undecoded("record 2"), 10);
        harness.begin();
        for (String name : harness.running()) {
            assertThat(harness.together(name)).containsExactly(name);
        }
    }

    @Test
    void recordWaitsForDeferralTimeDespiteOtherFailures() {
        var crowded = new EngineHarness(new Limits(4, 1, 1_000, 2, 0), MINUTE);
        crowded.deliver(P0, 0, "a");
        crowded.deliver(P0, 1, "b");
        crowded.begin();
        crowded.fail("a");
        crowded.fail("b");
        crowded.deliver(P0, 2, undecoded("record 2"), 10);
        crowded.begin();
        crowded.fail("record 2");
        assertThat(crowded.running()).doesNotContain("record 2");
        assertThat(crowded.deadLettered).isEmpty();
        assertThat(crowded.engine.status(1).waiting())
                .as("it uses no retry capacity")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void decodedRecordDoesNotResumeListenerOfUnavailableSource() {
        var single = new EngineHarness(new Limits(4, 1, 1_000, 500, 0), MINUTE);
        for (int offset = 0; offset < 20; offset++) {
            single.deliver(P0, offset, "id-" + offset);
        }
        single.begin();
        while (!single.running().isEmpty()) {
            String id = single.running().get(0);
            single.end(id, new Outcome.Failed(new IllegalStateException("away"), FailureKind.UNAVAILABLE, false));
        }
        assertThat(single.suspensions).isNotEmpty();
        int before = single.suspensions.size();
        single.deliver(P0, 20, undecoded("record 20"), 10);
        for (int i = 0; i < 50 && !single.running().contains("record 20"); i++) {
            single.timer.advance(Duration.ofSeconds(2));
            single.begin();
            for (String id : single.running()) {
                if (id.startsWith("id-")) {
                    single.end(
                            id, new Outcome.Failed(new IllegalStateException("away"), FailureKind.UNAVAILABLE, false));
                }
            }
        }
        assertThat(single.running()).contains("record 20");
        single.decode("record 20", new Work.Ignored("record 20"));
        assertThat(single.suspensions).hasSize(before);
    }
}
