package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which lane is served next, and with how many rounds. */
class LanesTest {

    private final Lanes lanes = new Lanes(4, 1);

    private void add(Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            var item = new WorkItem(EngineHarness.refresh(lane + "-" + i), new WorkState.Ready(lane));
            if (lane == Lane.ISOLATED) {
                item.ensureFailureState().failed(new IllegalStateException(), false, 0);
            }
            lanes.add(lane, item);
        }
    }

    private Lane begin() {
        Lane lane = lanes.next();
        if (lane != null) {
            lanes.remove(lane, lanes.first(lane));
            lanes.begun(lane);
        }
        return lane;
    }

    @Test
    void roundsOverLimitAfterHoldTakeNoWorkersFromOtherLanes() {
        add(Lane.LIVE, 8);
        for (int i = 0; i < 4; i++) {
            begin();
        }
        lanes.stopQueries();
        lanes.resumeQueries();
        add(Lane.DEFER, 1);
        add(Lane.DEAD_LETTER, 1);
        assertThat(lanes.startableRounds())
                .as("although three rounds are over the limit")
                .isEqualTo(2);
        assertThat(begin()).isEqualTo(Lane.DEFER);
        assertThat(begin()).isEqualTo(Lane.DEAD_LETTER);
        assertThat(begin()).isNull();
    }

    @Test
    void firstLaneIsServedWithoutStarvingOthers() {
        add(Lane.LIVE, 100);
        add(Lane.ISOLATED, 10);
        add(Lane.RESYNC, 10);
        int live = 0;
        int isolated = 0;
        int resync = 0;
        for (int i = 0; i < 30; i++) {
            Lane lane = begin();
            live += lane == Lane.LIVE ? 1 : 0;
            isolated += lane == Lane.ISOLATED ? 1 : 0;
            resync += lane == Lane.RESYNC ? 1 : 0;
            lanes.ended(lane);
        }
        assertThat(isolated).isBetween(2, 4);
        assertThat(resync).isBetween(2, 4);
        assertThat(live).isEqualTo(30 - isolated - resync);
    }

    @Test
    void laneRunsNoMoreThanItsShare() {
        add(Lane.ISOLATED, 10);
        add(Lane.RESYNC, 10);
        add(Lane.DEFER, 10);
        assertThat(lanes.startableRounds())
                .as("deferred triggers share a batch")
                .isEqualTo(2 + 1 + 1);
        for (int i = 0; i < 4; i++) {
            begin();
        }
        assertThat(begin()).isNull();
        assertThat(lanes.running()).isEqualTo(4);
        assertThat(lanes.ready()).isEqualTo(26);
    }

    @Test
    void workersAreCountedByBatches() {
        assertThat(startableRounds(3, 7, 0)).isEqualTo(3);
        assertThat(startableRounds(7, 7, 0)).isEqualTo(1);
        assertThat(startableRounds(7, 7, 2)).as("isolated ids run alone").isEqualTo(1 + 2);
    }

    private static int startableRounds(int maxBatch, int live, int recentlyFailed) {
        var these = new Lanes(4, maxBatch);
        for (int i = 0; i < live + recentlyFailed; i++) {
            Lane lane = i < live ? Lane.LIVE : Lane.ISOLATED;
            these.add(lane, new WorkItem(EngineHarness.refresh("id-" + i), lane.ready()));
        }
        return these.startableRounds();
    }

    @Test
    void holdStopsQueriesAndIsFollowedByRoundWithOneId() {
        var these = new Lanes(4, 100);
        for (int i = 0; i < 300; i++) {
            these.add(Lane.LIVE, new WorkItem(EngineHarness.refresh("id-" + i), Lane.LIVE.ready()));
        }
        these.stopQueries();
        assertThat(these.startableRounds()).isZero();
        assertThat(these.next()).isNull();
        these.resumeQueries();
        assertThat(these.startableRounds()).isEqualTo(1);
        assertThat(these.idsPerQuery()).isEqualTo(1);
    }

    @Test
    void onlyLiveLaneServesNewestItemsFirst() {
        add(Lane.LIVE, 3);
        add(Lane.ISOLATED, 3);
        lanes.serveNewestFirst(true);
        WorkItem newest = lanes.first(Lane.LIVE);
        assertThat(newest.work().name()).isEqualTo("LIVE-2");
        assertThat(lanes.first(Lane.ISOLATED).work().name()).isEqualTo("ISOLATED-0");
        lanes.remove(Lane.LIVE, newest);
        lanes.giveBack(Lane.LIVE, newest);
        assertThat(lanes.first(Lane.LIVE).work().name()).isEqualTo("LIVE-1");
        lanes.serveNewestFirst(false);
        assertThat(lanes.first(Lane.LIVE)).isSameAs(newest);
    }

    @Test
    void pacedLaneStartsOneRoundAtATimeForFailedIds() {
        for (int i = 0; i < 3; i++) {
            var bad = new WorkItem(EngineHarness.refresh("bad-" + i), Lane.ISOLATED.ready());
            bad.ensureFailureState().failed(new IllegalStateException(), false, 0);
            lanes.add(Lane.ISOLATED, bad);
        }
        assertThat(lanes.startableRounds()).isEqualTo(2);
        lanes.pace(Lane.ISOLATED, true);
        assertThat(lanes.isPaced(Lane.ISOLATED)).isTrue();
        assertThat(lanes.startableRounds()).isEqualTo(1);
        var split = new WorkItem(EngineHarness.refresh("split"), Lane.ISOLATED.ready());
        split.ensureFailureState().split(new IllegalStateException(), 4, false);
        lanes.add(Lane.ISOLATED, split);
        assertThat(lanes.first(Lane.ISOLATED)).isSameAs(split);
        assertThat(lanes.isPaced(Lane.ISOLATED)).isFalse();
        assertThat(lanes.startableRounds()).isEqualTo(2);
    }

    @Test
    void blockedLaneDoesNotAffectOthers() {
        add(Lane.LIVE, 1);
        add(Lane.ISOLATED, 1);
        lanes.block(Lane.ISOLATED, true);
        assertThat(begin()).isEqualTo(Lane.LIVE);
        assertThat(begin()).isNull();
        lanes.block(Lane.ISOLATED, false);
        assertThat(begin()).isEqualTo(Lane.ISOLATED);
    }
}
