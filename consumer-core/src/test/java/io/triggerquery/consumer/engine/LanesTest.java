package io.triggerquery.consumer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who goes next, and how many may. */
class LanesTest {

    private final Lanes lanes = new Lanes(4);

    private void add(Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            lanes.add(lane, new WorkItem(EngineHarness.refresh(lane + "-" + i), new WorkState.Ready(lane)));
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
        assertThat(lanes.takeable(1)).as("though three too many ask").isEqualTo(2);
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
        assertThat(lanes.takeable(5)).isEqualTo(2 + 1 + 1);
        for (int i = 0; i < 4; i++) {
            begin();
        }
        assertThat(begin()).isNull();
        assertThat(lanes.running()).isEqualTo(4);
        assertThat(lanes.ready()).isEqualTo(26);
    }

    @Test
    void countsWorkersByBatchesWhereBatchesMayBeLarge() {
        add(Lane.LIVE, 7);
        assertThat(lanes.takeable(3)).isEqualTo(3);
        assertThat(lanes.takeable(7)).isEqualTo(1);
        add(Lane.SUSPECT, 2);
        assertThat(lanes.takeable(7)).as("suspects may be tried alone").isEqualTo(1 + 2);
        lanes.hold();
        assertThat(lanes.takeable(3)).isZero();
        assertThat(lanes.next()).isNull();
    }
}
