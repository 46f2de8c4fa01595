package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.PATIENCE;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A failing id delays only itself. A failing batch is split until the bad id is alone. An unavailable source is not
 * queried.
 */
class G5IsolatedTest {

    private final EngineHarness harness = new EngineHarness(new Limits(2, 8, 1_000, 500, 0), PATIENCE);

    private void deliver(int count) {
        for (int i = 0; i < count; i++) {
            harness.deliver(P0, i, "id-" + i);
        }
    }

    /** Ends a batch as a round would whose call fails whenever the bad id is in it. */
    private void end(String id, String bad) {
        Batch batch = harness.batchOf(id);
        List<String> together = harness.together(id);
        int size = together.size();
        Outcome outcome = new Outcome.Applied(OptionalLong.empty());
        if (together.contains(bad) && size > 1) {
            outcome = new Outcome.Split(
                    (size + 4) / 5, new IllegalStateException("one of many"), FailureKind.RETRYABLE, false);
        } else if (together.contains(bad)) {
            outcome = new Outcome.Failed(new IllegalStateException("bad"), FailureKind.RETRYABLE, false);
        }
        harness.end(batch, Collections.nCopies(size, outcome));
    }

    private List<List<String>> runAll(String bad) {
        List<List<String>> batchBuilder = new ArrayList<>();
        harness.begin();
        while (!harness.running().isEmpty()) {
            String id = harness.running().get(0);
            batchBuilder.add(harness.together(id));
            end(id, bad);
        }
        return batchBuilder;
    }

    @Test
    void workerTakesReadyIdsUpToBatchLimit() {
        harness.deliver(P1, 0, "first");
        harness.begin();
        assertThat(harness.together("first")).containsExactly("first");
        deliver(11);
        harness.begin();
        assertThat(harness.together("id-0")).hasSize(8);
        harness.succeed("first");
        assertThat(harness.together("id-8")).hasSize(3);
    }

    @Test
    void splittingFindsBadIdAndOnlyItCountsAFailure() {
        deliver(8);
        List<List<String>> batchBuilder = runAll("id-5");
        assertThat(batchBuilder).contains(List.of("id-5"));
        assertThat(batchBuilder)
                .as("the full batch, four pairs, and both ids of one pair")
                .hasSize(7);
        assertThat(harness.failures).containsExactly("id-5 1 1s");
        assertThat(harness.committed).containsEntry(P0, 5L);
    }

    @Test
    void badIdIsRetriedAloneAndDoesNotFailItsBatchAgain() {
        deliver(8);
        runAll("id-5");
        for (int round = 0; round < 3; round++) {
            int from = 100 + 10 * round;
            IntStream.range(from, from + 7).forEach(offset -> harness.deliver(P0, offset, "id-" + offset));
            harness.deliver(P0, from + 7, "id-5");
            assertThat(runAll("id-5"))
                    .filteredOn(batch -> batch.contains("id-5"))
                    .containsExactly(List.of("id-5"));
        }
        assertThat(harness.failures).hasSize(4);
    }

    @Test
    void goodIdOfFailedBatchReturnsToFullBatchesAfterSuccess() {
        deliver(8);
        runAll("id-5");
        IntStream.range(8, 12).forEach(offset -> harness.deliver(P0, offset, "id-" + (offset - 8)));
        harness.begin();
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> harness.together("id-" + i).size()))
                .as("one worker took the first id before the others arrived")
                .containsExactly(4, 4, 4, 4);
    }

    @Test
    void failingIdsUseAtMostHalfOfTheWorkers() {
        var four = new EngineHarness(4, 1_000);
        for (int i = 0; i < 4; i++) {
            four.deliver(P0, i, "hot-" + i);
        }
        four.begin();
        for (int i = 0; i < 4; i++) {
            four.fail("hot-" + i);
            four.deliver(P0, 10 + i, "hot-" + i);
        }
        four.begin();
        assertThat(four.running()).as("two of four workers").hasSize(2);
        four.deliver(P0, 20, "good");
        four.begin();
        assertThat(four.running()).contains("good");
    }

    @Test
    void unavailableSourceIsNotQueriedAndPartitionsPause() {
        deliver(3);
        harness.begin();
        harness.refuse("id-0", Duration.ofSeconds(1));
        harness.begin();
        assertThat(harness.running()).doesNotContain("id-0");
        assertThat(harness.paused).containsExactlyInAnyOrder(P0, P1, RETRY);
        harness.timer.advance(Duration.ofSeconds(1));
        assertThat(harness.paused).isEmpty();
        assertThat(harness.failures).isEmpty();
    }

    @Test
    void queriesStartSlowlyAfterOutageAndDoublePerAnswer() {
        var eight = new EngineHarness(new Limits(8, 1, 1_000, 500, 0), PATIENCE);
        for (int i = 0; i < 30; i++) {
            eight.deliver(P0, i, "id-" + i);
        }
        eight.begin();
        assertThat(eight.running()).hasSize(8);
        List.copyOf(eight.running()).forEach(id -> eight.refuse(id, Duration.ofSeconds(1)));
        eight.timer.advance(Duration.ofSeconds(1));
        List<Integer> atOnce = new ArrayList<>();
        eight.begin();
        for (int answers = 0; answers < 4; answers++) {
            atOnce.add(eight.running().size());
            eight.succeed(eight.running().get(0));
        }
        assertThat(atOnce).containsExactly(1, 2, 4, 8);
    }

    @Test
    void unavailableDatabaseStopsQueriesAfterAFewRounds() {
        var one = new EngineHarness(new Limits(1, 1, 1_000, 500, 0), PATIENCE);
        for (int i = 0; i < 30; i++) {
            one.deliver(P0, i, "id-" + i);
        }
        one.begin();
        for (int round = 0; round < 3; round++) {
            String id = one.running().get(0);
            one.end(id, new Outcome.Failed(new IllegalStateException(), FailureKind.UNAVAILABLE, true));
        }
        assertThat(one.running()).isEmpty();
        assertThat(one.paused).contains(P0);
        one.timer.advance(Duration.ofSeconds(1));
        one.begin();
        assertThat(one.running()).hasSize(1);
        one.timer.advance(Duration.ofSeconds(3));
        one.finishAll();
        assertThat(one.committed).containsEntry(P0, 30L);
    }
}
