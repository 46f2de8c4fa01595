package io.triggerquery.consumer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who goes next, and how many may. */
class LanesTest {

    private final Lanes lanes = new Lanes(4, 1);

    private void add(Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            var item = new WorkItem(EngineHarness.refresh(lane + "-" + i), new WorkState.Ready(lane));
            if (lane == Lane.SUSPECT) {
                item.inTrouble().failed(new IllegalStateException(), false, 0);
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
    void roundsOverTheLimitAfterAHoldTakeNoWorkerFromWhatAsksNobody() {
        add(Lane.LIVE, 8);
        for (int i = 0; i < 4; i++) {
            begin();
        }
        lanes.hold();
        lanes.letGo();
        add(Lane.PARK, 1);
        add(Lane.BURY, 1);
        assertThat(lanes.takeable()).as("though three too many ask").isEqualTo(2);
        assertThat(begin()).isEqualTo(Lane.PARK);
        assertThat(begin()).isEqualTo(Lane.BURY);
        assertThat(begin()).isNull();
    }

    @Test
    void servesTheFirstLaneButNoneIsPassedOverForEver() {
        add(Lane.LIVE, 100);
        add(Lane.SUSPECT, 10);
        add(Lane.RESYNC, 10);
        int live = 0;
        int suspect = 0;
        int resync = 0;
        for (int i = 0; i < 30; i++) {
            Lane lane = begin();
            live += lane == Lane.LIVE ? 1 : 0;
            suspect += lane == Lane.SUSPECT ? 1 : 0;
            resync += lane == Lane.RESYNC ? 1 : 0;
            lanes.ended(lane);
        }
        assertThat(suspect).isBetween(2, 4);
        assertThat(resync).isBetween(2, 4);
        assertThat(live).isEqualTo(30 - suspect - resync);
    }

    @Test
    void aLaneRunsNoMoreThanItsShare() {
        add(Lane.SUSPECT, 10);
        add(Lane.RESYNC, 10);
        add(Lane.PARK, 10);
        assertThat(lanes.takeable()).as("parked ones go together").isEqualTo(2 + 1 + 1);
        for (int i = 0; i < 4; i++) {
            begin();
        }
        assertThat(begin()).isNull();
        assertThat(lanes.running()).isEqualTo(4);
        assertThat(lanes.ready()).isEqualTo(26);
    }

    @Test
    void countsWorkersByBatchesWhereBatchesMayBeLarge() {
        assertThat(takeable(3, 7, 0)).isEqualTo(3);
        assertThat(takeable(7, 7, 0)).isEqualTo(1);
        assertThat(takeable(7, 7, 2)).as("suspects may be tried alone").isEqualTo(1 + 2);
    }

    private static int takeable(int maxBatch, int live, int suspects) {
        var these = new Lanes(4, maxBatch);
        for (int i = 0; i < live + suspects; i++) {
            Lane lane = i < live ? Lane.LIVE : Lane.SUSPECT;
            these.add(lane, new WorkItem(EngineHarness.refresh("id-" + i), lane.ready()));
        }
        return these.takeable();
    }

    @Test
    void nothingAsksDuringAHoldAndOneRoundWithOneIdAfterIt() {
        var these = new Lanes(4, 100);
        for (int i = 0; i < 300; i++) {
            these.add(Lane.LIVE, new WorkItem(EngineHarness.refresh("id-" + i), Lane.LIVE.ready()));
        }
        these.hold();
        assertThat(these.takeable()).isZero();
        assertThat(these.next()).isNull();
        these.letGo();
        assertThat(these.takeable()).isEqualTo(1);
        assertThat(these.idsAtOnce()).isEqualTo(1);
    }

    @Test
    void theNewestGoesFirstOnlyInTheLiveLaneAndWhatIsGivenBackIsNotTheNewest() {
        add(Lane.LIVE, 3);
        add(Lane.SUSPECT, 3);
        lanes.serveNewestFirst(true);
        WorkItem newest = lanes.first(Lane.LIVE);
        assertThat(newest.work().name()).isEqualTo("LIVE-2");
        assertThat(lanes.first(Lane.SUSPECT).work().name()).isEqualTo("SUSPECT-0");
        lanes.remove(Lane.LIVE, newest);
        lanes.giveBack(Lane.LIVE, newest);
        assertThat(lanes.first(Lane.LIVE).work().name()).isEqualTo("LIVE-1");
        lanes.serveNewestFirst(false);
        assertThat(lanes.first(Lane.LIVE)).isSameAs(newest);
    }

    @Test
    void aPacedLaneBeginsOneRoundAtATimeUnlessItsFirstItemHasNeverFailedByItself() {
        for (int i = 0; i < 3; i++) {
            var bad = new WorkItem(EngineHarness.refresh("bad-" + i), Lane.SUSPECT.ready());
            bad.inTrouble().failed(new IllegalStateException(), false, 0);
            lanes.add(Lane.SUSPECT, bad);
        }
        assertThat(lanes.takeable()).isEqualTo(2);
        lanes.pace(Lane.SUSPECT, true);
        assertThat(lanes.isPaced(Lane.SUSPECT)).isTrue();
        assertThat(lanes.takeable()).isEqualTo(1);
        var split = new WorkItem(EngineHarness.refresh("split"), Lane.SUSPECT.ready());
        split.inTrouble().split(new IllegalStateException(), 4, false);
        lanes.add(Lane.SUSPECT, split);
        assertThat(lanes.first(Lane.SUSPECT)).isSameAs(split);
        assertThat(lanes.isPaced(Lane.SUSPECT)).isFalse();
        assertThat(lanes.takeable()).isEqualTo(2);
    }

    @Test
    void aLaneThatRestsLeavesTheOthersAlone() {
        add(Lane.LIVE, 1);
        add(Lane.SUSPECT, 1);
        lanes.rest(Lane.SUSPECT, true);
        assertThat(begin()).isEqualTo(Lane.LIVE);
        assertThat(begin()).isNull();
        lanes.rest(Lane.SUSPECT, false);
        assertThat(begin()).isEqualTo(Lane.SUSPECT);
    }
}
