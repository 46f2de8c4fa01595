package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.bench.workload.PeerEvent.Fresh;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerTalkTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final PeerTalk talk = new PeerTalk("ours", () -> false);

    private void hear(long millis, long settled) {
        talk.hear(
                "{\"event\":\"sample\",\"nanos\":%d,\"applied\":%d,\"settled\":%d,\"projections\":0,\"cpuNanos\":3,\"heapBytes\":4}"
                        .formatted(millis * 1_000_000, settled, settled));
    }

    @Test
    void waitsForASample() {
        hear(100, 0);
        hear(200, 5);
        hear(300, 9);

        assertThat(talk.within(SECOND, sample -> sample.settled() > 0)).contains(new Sample(200_000_000, 5, 5, 3));
        // the last one is looked at again: it may be all that there is
        assertThat(talk.within(SECOND, sample -> sample.settled() == 5)).isPresent();
    }

    @Test
    void givesUpByTheClockOfTheSamples() {
        hear(100, 0);
        hear(1_101, 0);
        hear(1_200, 5);

        assertThat(talk.within(SECOND, sample -> sample.settled() > 0)).isEmpty();
    }

    @Test
    void waitsForATimeByTheClockOfTheSamples() {
        hear(100, 1);
        hear(900, 2);
        hear(1_100, 3);
        Sample first = talk.next(Sample.class);

        assertThat(talk.after(first, SECOND).settled()).isEqualTo(3);
    }

    @Test
    void findsAnAnswerAmongSamples() {
        hear(100, 1);
        talk.hear("{\"event\":\"fresh\",\"count\":1,\"p50Micros\":2,\"p99Micros\":3,\"p999Micros\":4,\"maxMicros\":5}");

        assertThat(talk.next(Fresh.class)).isEqualTo(new Fresh(1, 2, 3, 4, 5));
    }

    @Test
    void saysWhoHasEnded() {
        assertThatThrownBy(() -> talk.next(Sample.class)).hasMessage("ours has ended");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> talk.hear("{\"event\":\"sleeping\"}")).hasMessageContaining("sleeping");
    }
}
