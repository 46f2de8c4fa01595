package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Requests of a resync follow the live triggers; neither starves the other. */
class ResyncLaneTest {

    /** Under full load, one of this many consecutive rounds is a resync's. */
    private static final int ONE_IN = 9;

    private EngineHarness harness;
    private long offset;

    private void request(int count) {
        for (int i = 0; i < count; i++) {
            harness.engine.request(EngineHarness.trigger("resync-" + i, OptionalLong.empty()), false);
        }
    }

    private void arrive() {
        harness.deliver(P0, offset, "live-" + offset);
        offset++;
    }

    /**
     * Repeatedly ends the oldest round and delivers a live trigger. Returns the rounds' ids in order.
     */
    private List<String> roundsUnderConstantLoad(int rounds) {
        List<String> order = new ArrayList<>();
        harness.begin();
        for (int i = 0; i < rounds; i++) {
            String oldest = harness.running().get(0);
            order.add(oldest);
            arrive();
            harness.succeed(oldest);
        }
        return order;
    }

    @Test
    void resyncGetsOneRoundInNineUnderConstantLoad() {
        harness = new EngineHarness(1, 1_000);
        for (int i = 0; i < 20; i++) {
            arrive();
        }
        request(50);
        List<String> order = roundsUnderConstantLoad(900);
        List<Integer> resyncs = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).startsWith("resync")) {
                resyncs.add(i);
            }
        }
        assertThat(resyncs).as("not starved").hasSize(50);
        for (int i = 1; i < resyncs.size(); i++) {
            assertThat(resyncs.get(i) - resyncs.get(i - 1)).isEqualTo(ONE_IN);
        }
        assertThat(harness.engine.requests()).isZero();
    }

    @Test
    void liveTriggerWaitsForAtMostOneRequestInNineRounds() {
        harness = new EngineHarness(1, 1_000);
        request(500);
        for (int i = 0; i < 20; i++) {
            arrive();
        }
        harness.begin();
        List<String> order = new ArrayList<>();
        while (!order.contains("live-19")) {
            String oldest = harness.running().get(0);
            order.add(oldest);
            harness.succeed(oldest);
        }
        long before = order.stream().filter(id -> id.startsWith("resync")).count();
        assertThat(before).as("resyncs before the 20th live trigger").isLessThanOrEqualTo(1 + 20 / (ONE_IN - 1));
    }

    @Test
    void resyncUsesAtMostAQuarterOfTheWorkers() {
        harness = new EngineHarness(8, 1_000);
        request(100);
        harness.begin();
        assertThat(harness.running()).hasSize(2);
        arrive();
        harness.begin();
        assertThat(harness.running()).as("a worker is free").contains("live-0");
    }

    @Test
    void failingIdsDoNotStarveResync() {
        harness = new EngineHarness(1, 1_000);
        for (int i = 0; i < 5; i++) {
            arrive();
        }
        request(10);
        harness.begin();
        for (int i = 0; i < 300; i++) {
            List<String> running = harness.running();
            if (running.isEmpty()) {
                harness.timer.advance(Duration.ofSeconds(1));
                harness.begin();
            } else if (running.get(0).startsWith("live")) {
                arrive();
                harness.fail(running.get(0));
                harness.timer.advance(Duration.ofSeconds(1));
                harness.begin();
            } else {
                harness.succeed(running.get(0));
            }
        }
        assertThat(harness.engine.requests()).isZero();
    }

    @Test
    void liveTriggerMovesRequestedIdToLiveLane() {
        harness = new EngineHarness(1, 1_000);
        arrive();
        request(30);
        harness.begin();
        harness.deliver(P0, 1_000, "resync-29");
        harness.succeed("live-0");
        assertThat(harness.running()).containsExactly("resync-29");
        harness.succeed("resync-29");
        assertThat(harness.engine.requests()).isEqualTo(29);
        assertThat(harness.committed).containsEntry(P0, 1_001L);
    }

    @Test
    void urgentRequestRunsWithLiveTriggers() {
        harness = new EngineHarness(1, 1_000);
        arrive();
        request(30);
        harness.begin();
        harness.engine.request(EngineHarness.trigger("now", OptionalLong.empty()), true);
        harness.succeed("live-0");
        assertThat(harness.running()).containsExactly("now");
    }

    @Test
    void requestsShareRounds() {
        harness = new EngineHarness(new Limits(4, 100, 1_000, 500, 0), EngineHarness.PATIENCE);
        request(100);
        harness.begin();
        assertThat(harness.together("resync-0")).hasSize(100);
    }

    @Test
    void requestIsQueriedDespiteRememberedVersion() {
        harness = new EngineHarness(new Limits(1, 1, 1_000, 500, 100), EngineHarness.PATIENCE);
        harness.deliver(P0, 0, "a", 5);
        harness.begin();
        harness.apply("a", 5);
        harness.engine.request(EngineHarness.trigger("a", OptionalLong.of(5)), false);
        harness.begin();
        assertThat(harness.running()).containsExactly("a");
    }

    @Test
    void holdsPartitionUntilItIsReleased() {
        harness = new EngineHarness();
        assertThat(harness.engine.holds(P0)).isTrue();
        harness.engine.release(EngineHarness.CONSUMER, List.of(P0));
        assertThat(harness.engine.holds(P0)).isFalse();
        harness.engine.fence(EngineHarness.CONSUMER, List.of(P0));
        assertThat(harness.engine.holds(P0)).isFalse();
        harness.engine.assigned(EngineHarness.CONSUMER, List.of(P0));
        assertThat(harness.engine.holds(P0)).isTrue();
    }
}
