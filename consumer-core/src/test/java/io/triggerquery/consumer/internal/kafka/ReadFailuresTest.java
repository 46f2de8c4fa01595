package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.junit.jupiter.api.Test;

class ReadFailuresTest {

    private final RecordedReading reading = new RecordedReading();
    private long now = Long.MAX_VALUE - 5; // the clock may be anywhere
    private final ReadFailures failures = new ReadFailures(Duration.ofMinutes(1), reading, () -> now);

    private Duration fail() {
        Duration rest = failures.failed("the poll failed", new InconsistentGroupProtocolException("two assignors"));
        now += rest.toNanos();
        return rest;
    }

    private void pass(Duration time) {
        now += time.toNanos();
        failures.checkRecovery();
    }

    @Test
    void pauseDoublesUpToMaximum() {
        assertThat(IntStream.range(0, 8).mapToObj(i -> fail().toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(reading.events).hasSize(8);
        assertThat(reading.events.get(1))
                .isEqualTo("failed, rest 2000: the poll failed:"
                        + " org.apache.kafka.common.errors.InconsistentGroupProtocolException: two assignors");
    }

    @Test
    void emptyPollsDoNotEndFailure() {
        fail();
        pass(Duration.ofSeconds(29));
        fail();
        assertThat(failures.currentFailure().orElseThrow().lasting()).isEqualTo(Duration.ofSeconds(32));
        assertThat(failures.currentFailure().orElseThrow().cause()).contains("two assignors");
        assertThat(reading.events).hasSize(2).noneMatch("recovered"::equals);
    }

    @Test
    void endsAfterQuietPeriodAndRestartsWithShortestPause() {
        fail();
        fail();
        pass(Duration.ofSeconds(30));
        assertThat(failures.currentFailure()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(reading.events).hasSize(3).last().isEqualTo("recovered");
        assertThat(fail()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void reportsHarmlessFailureOncePerMinute() {
        for (int i = 0; i < 1_000; i++) {
            failures.report("an interceptor has failed", new IllegalStateException("no"));
        }
        assertThat(reading.events)
                .containsExactly("failed, rest 0: an interceptor has failed: java.lang.IllegalStateException: no");
        assertThat(failures.currentFailure()).isEmpty();
        pass(Duration.ofMinutes(1));
        failures.report("an interceptor has failed", new IllegalStateException("no"));
        assertThat(reading.events).hasSize(2);
    }
}
