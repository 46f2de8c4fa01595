package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.bench.workload.PeerEvent.Fresh;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerEventsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final PeerEvents events = new PeerEvents("ours", () -> false);

    private void receive(long millis, long settled) {
        events.receive(
                "{\"event\":\"sample\",\"nanos\":%d,\"applied\":%d,\"settled\":%d,\"projections\":0,\"cpuNanos\":3,\"heapBytes\":4}"
                        .formatted(millis * 1_000_000, settled, settled));
    }

    @Test
    void waitsForASample() {
        receive(100, 0);
        receive(200, 5);
        receive(300, 9);

        assertThat(events.within(SECOND, sample -> sample.settled() > 0)).contains(new Sample(200_000_000, 5, 5, 3));
        // the last sample is used again, because there may be no other
        assertThat(events.within(SECOND, sample -> sample.settled() == 5)).isPresent();
    }

    @Test
    void timesOutByTheClockOfTheSamples() {
        receive(100, 0);
        receive(1_101, 0);
        receive(1_200, 5);

        assertThat(events.within(SECOND, sample -> sample.settled() > 0)).isEmpty();
    }

    @Test
    void waitsByTheClockOfTheSamples() {
        receive(100, 1);
        receive(900, 2);
        receive(1_100, 3);
        Sample first = events.next(Sample.class);

        assertThat(events.after(first, SECOND).settled()).isEqualTo(3);
    }

    @Test
    void findsAnAnswerAmongSamples() {
        receive(100, 1);
        events.receive(
                "{\"event\":\"fresh\",\"count\":1,\"p50Micros\":2,\"p99Micros\":3,\"p999Micros\":4,\"maxMicros\":5}");

        assertThat(events.next(Fresh.class)).isEqualTo(new Fresh(1, 2, 3, 4, 5));
    }

    @Test
    void endedPeerIsNamed() {
        assertThatThrownBy(() -> events.next(Sample.class)).hasMessage("ours has ended");
    }

    @Test
    void refusesUnknownEvents() {
        assertThatThrownBy(() -> events.receive("{\"event\":\"sleeping\"}")).hasMessageContaining("sleeping");
    }
}
