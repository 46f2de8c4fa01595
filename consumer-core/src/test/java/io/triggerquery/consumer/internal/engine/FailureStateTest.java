package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The failures of an id. */
class FailureStateTest {

    private static final Duration GRACE = Duration.ofNanos(100);
    private static final Throwable CAUSE = new IllegalStateException("as scripted");

    private final FailureState failureState = new FailureState();

    @Test
    void countsConsecutiveUnansweredRounds() {
        failureState.failed(CAUSE, false, 0);
        failureState.split(CAUSE, 2, false);
        assertThat(failureState.unanswered()).isEqualTo(2);
        failureState.failed(CAUSE, true, 0);
        assertThat(failureState.unanswered()).isZero();
        assertThat(failureState.failures()).isEqualTo(2);
    }

    @Test
    void stateEndsAbsence() {
        failureState.absent(0);
        failureState.failed(CAUSE, false, 10);
        assertThat(failureState.absentFor(GRACE, 100))
                .as("no answer came in between")
                .isTrue();
        assertThat(failureState.absentFor(GRACE, 99)).isFalse();
        failureState.failed(CAUSE, true, 100);
        assertThat(failureState.absentFor(GRACE, 200)).isFalse();
        assertThat(failureState.remaining(GRACE, 200)).isEqualTo(GRACE);
    }

    @Test
    void absenceCountsFromItsFirstReport() {
        failureState.absent(1_000);
        failureState.absent(1_060);
        assertThat(failureState.remaining(GRACE, 1_070)).isEqualTo(Duration.ofNanos(30));
        assertThat(failureState.absentFor(GRACE, 1_099)).isFalse();
        assertThat(failureState.absentFor(GRACE, 1_100)).isTrue();
    }

    @Test
    void adoptsOnlyALongerRetryHistory() {
        failureState.remember(new RetryHistory(3, Duration.ofNanos(50), Duration.ZERO), 100);
        assertThat(failureState.failures()).isEqualTo(3);
        assertThat(failureState.failingFor(100)).isEqualTo(Duration.ofNanos(50));
        assertThat(failureState.maxBatchSize()).isEqualTo(1);
        failureState.remember(new RetryHistory(3, Duration.ofNanos(10), Duration.ZERO), 100);
        assertThat(failureState.failingFor(100)).as("the history is not longer").isEqualTo(Duration.ofNanos(50));
    }

    @Test
    void keepsCauseOfRetryHistoryUntilNextFailure() {
        failureState.remember(new RetryHistory(3, Duration.ofNanos(50), Duration.ZERO, "503 before"), 100);
        assertThat(failureState.line()).isEqualTo("503 before");
        assertThat(failureState.history(110))
                .as("deferred again without a round")
                .isEqualTo(new RetryHistory(3, Duration.ofNanos(60), Duration.ZERO, "503 before"));
        failureState.failed(new IllegalStateException("two\nlines"), true, 120);
        assertThat(failureState.line()).isEqualTo("java.lang.IllegalStateException: two lines");
        assertThat(failureState.history(120).cause()).isEqualTo("java.lang.IllegalStateException: two lines");
    }

    @Test
    void maximumBatchSizeOnlyDecreases() {
        failureState.split(CAUSE, 4, true);
        failureState.split(CAUSE, 8, true);
        assertThat(failureState.maxBatchSize()).isEqualTo(4);
        assertThat(failureState.cause()).isSameAs(CAUSE);
    }
}
