package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.CONSUMER;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.PATIENCE;
import static io.triggerquery.consumer.internal.engine.EngineHarness.refresh;
import static io.triggerquery.consumer.internal.engine.EngineHarness.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A record with several ids is settled when all its parts are; an ignored record is settled at once. */
class SeveralIdsTest {

    private final EngineHarness harness = new EngineHarness();

    private static Work several(String... ids) {
        return new Work.Several(
                List.of(ids).stream().map(EngineHarness::refresh).toList());
    }

    @Test
    void recordIsCommittedWhenAllItsIdsAreApplied() {
        harness.deliver(P0, 7, several("a", "b", "c"), 10);
        harness.begin();
        assertThat(harness.running()).containsExactly("a", "b", "c");
        harness.succeed("c");
        harness.succeed("a");
        assertThat(harness.committed).isEmpty();
        harness.succeed("b");
        assertThat(harness.committed).containsEntry(P0, 8L);
    }

    @Test
    void failingPartHoldsItsRecordButNoOtherId() {
        harness.deliver(P0, 0, several("a", "bad"), 10);
        harness.deliver(P0, 1, "z");
        harness.begin();
        harness.fail("bad");
        harness.succeed("a");
        harness.succeed("z");
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.status(5).stuck()).extracting("id").containsExactly("bad");
    }

    @Test
    void invalidPartIsDeadLetteredAndOthersAreApplied() {
        harness.deliver(
                P0,
                0,
                new Work.Several(List.of(refresh("a"), new Work.DeadLetter("triggers-0@0", "no id", () -> {}))),
                9);
        harness.finishAll();
        assertThat(harness.deadLettered).containsExactly("triggers-0@0: no id");
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void duplicateIdInRecordIsQueriedOnce() {
        harness.deliver(P0, 0, several("a", "a", "a"), 10);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
        harness.succeed("a");
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void laterRecordSupersedesOnlyThePartOfItsId() {
        harness.deliver(P0, 0, several("a", "b"), 10);
        harness.deliver(P0, 1, "a");
        harness.begin();
        harness.succeed("a");
        assertThat(harness.committed).as("b of the first record is open").isEmpty();
        harness.succeed("b");
        assertThat(harness.committed).containsEntry(P0, 2L);
    }

    @Test
    void eachPartCountsTowardsPendingLimit() {
        var small = new EngineHarness(2, 10);
        small.deliver(P0, 0, several("a", "b", "c", "d", "e", "f"), 10);
        assertThat(small.engine.pending()).isEqualTo(6);
        small.deliver(P0, 1, several("g", "h", "i", "j"), 2 * 1024);
        assertThat(small.engine.pending()).isEqualTo(12);
        assertThat(small.paused).contains(P0, P1);
        small.begin();
        small.succeed("a");
        assertThat(small.engine.pending()).isEqualTo(11);
        small.finishAll();
        assertThat(small.engine.pending()).isZero();
        assertThat(small.paused).isEmpty();
    }

    @Test
    void partWithAppliedVersionIsNotQueried() {
        var remembering = new EngineHarness(new Limits(4, 1, 1_000, 500, 100), PATIENCE);
        remembering.deliver(P0, 0, "a", 3);
        remembering.begin();
        remembering.apply("a", 5);
        Work old = new Work.Refresh(trigger("a", OptionalLong.of(4)), RetryHistory.NONE);
        remembering.deliver(P0, 1, new Work.Several(List.of(old, refresh("b"))), 10);
        remembering.begin();
        assertThat(remembering.running()).containsExactly("b");
        remembering.succeed("b");
        assertThat(remembering.committed).containsEntry(P0, 2L);
    }

    @Test
    void expulsionDropsAllParts() {
        harness.deliver(P0, 0, several("a", "b", "c"), 5 * 1024);
        harness.begin();
        harness.succeed("a");
        harness.engine.fence(CONSUMER, List.of(P0));
        assertThat(harness.engine.pending()).isZero();
        harness.succeed("b");
        harness.succeed("c");
        assertThat(harness.committed).isEmpty();
        assertThat(harness.engine.pending()).isZero();
    }

    @Test
    void thousandIdsOfOneRecordAreOneOffset() {
        Work thousand = several(
                IntStream.range(0, 1_000).mapToObj(number -> "id-" + number).toArray(String[]::new));
        harness.deliver(P0, 0, thousand, 10_000);
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 1L);
        assertThat(harness.acknowledgements).isEqualTo(1);
    }

    @Test
    void ignoredRecordIsSettledImmediately() {
        harness.deliver(P0, 0, "a");
        harness.deliver(P0, 1, new Work.Ignored("triggers-0@1"), 10);
        assertThat(harness.committed).as("a is open").isEmpty();
        harness.finishAll();
        assertThat(harness.committed).containsEntry(P0, 2L);
        harness.deliver(P0, 2, new Work.Ignored("triggers-0@2"), 10);
        assertThat(harness.committed).containsEntry(P0, 3L);
        assertThat(harness.engine.pending()).isZero();
        assertThat(harness.ignored).isEqualTo(2);
    }
}
