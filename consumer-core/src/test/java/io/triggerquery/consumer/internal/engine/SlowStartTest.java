package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limits on concurrent rounds and on ids per call. */
class SlowStartTest {

    private final SlowStart slowStart = new SlowStart(8, 100);

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            slowStart.succeeded(slowStart.ids());
        }
    }

    @Test
    void startsUnlimited() {
        assertThat(slowStart.rounds()).isEqualTo(8);
        assertThat(slowStart.ids()).isEqualTo(100);
    }

    @Test
    void restartsWithOneIdAndDoublesWithEachSuccess() {
        slowStart.restart();
        assertThat(slowStart.rounds()).isEqualTo(1);
        assertThat(slowStart.ids()).isEqualTo(1);
        succeed(2);
        assertThat(slowStart.rounds()).isEqualTo(4);
        assertThat(slowStart.ids()).isEqualTo(4);
        succeed(20);
        assertThat(slowStart.rounds()).isEqualTo(8);
        assertThat(slowStart.ids()).isEqualTo(100);
    }

    @Test
    void successWithFewerIdsDoesNotRaiseLimit() {
        slowStart.restart();
        succeed(3);
        slowStart.succeeded(7);
        assertThat(slowStart.ids()).isEqualTo(8);
    }

    @Test
    void limitSettlesSlightlyAboveWhatSourceCanAnswer() {
        slowStart.restart();
        int largest = 0;
        int failures = 0;
        for (int i = 0; i < 200; i++) {
            int ids = slowStart.ids();
            largest = Math.max(largest, ids);
            if (ids > 20) {
                failures++;
                slowStart.failed(ids);
            } else {
                slowStart.succeeded(ids);
            }
        }
        assertThat(largest).isEqualTo(32);
        assertThat(failures).as("of 200 calls").isBetween(10, 25);
    }

    @Test
    void failedBatchHalvesIdsUntilSuccess() {
        slowStart.failed(100);
        assertThat(slowStart.ids()).isEqualTo(50);
        succeed(50);
        assertThat(slowStart.ids()).isEqualTo(100);
        slowStart.restart();
        succeed(7);
        assertThat(slowStart.ids()).as("doubles up to the maximum again").isEqualTo(100);
    }

    @Test
    void failureOfSingleIdChangesNothing() {
        slowStart.failed(1);
        assertThat(slowStart.ids()).isEqualTo(100);
    }
}
