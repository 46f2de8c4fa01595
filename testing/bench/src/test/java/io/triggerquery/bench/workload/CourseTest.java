package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final Course LIVE = new Course(40_000, 50, Duration.ofMillis(50), Duration.ofSeconds(90));

    @Test
    void liveIdsAreNumberedAfterTheFirstOnes() {
        assertThat(LIVE.first()).isEqualTo(1_001);
        assertThat(LIVE.last()).isEqualTo(41_000);
        assertThat(LIVE.end()).isEqualTo(41_000 + 4_500);
    }

    @Test
    void timesOfLiveIdsAreMeasuredFromTheirBegin() {
        long begin = Duration.ofHours(1).toNanos();

        var timed = LIVE.timed(new PeerSetup("topic", 1, LIVE.end()), begin).properties();

        long interval = Long.parseLong(timed.get("openLoopIntervalNanos"));
        long first = Long.parseLong(timed.get("openLoopFirst"));
        assertThat(Long.parseLong(timed.get("openLoopStartNanos")) + first * interval)
                .isEqualTo(begin + Duration.ofMillis(20).toNanos());
    }

    @Test
    void lengthDependsOnThePace() {
        Course quick = LIVE.at(Pace.QUICK);

        assertThat(quick.length()).isEqualTo(Duration.ofSeconds(30));
        assertThat(quick.live()).isEqualTo(1_500);
        assertThat(LIVE.at(Pace.FULL)).isEqualTo(LIVE);
    }
}
