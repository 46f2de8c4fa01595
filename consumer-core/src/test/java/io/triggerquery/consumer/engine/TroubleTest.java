package io.triggerquery.consumer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is held against an id. */
class TroubleTest {

    private static final Duration GRACE = Duration.ofNanos(100);
    private static final Throwable CAUSE = new IllegalStateException("as scripted");

    private final Trouble trouble = new Trouble();

    @Test
    void countsTheRoundsInARowThatTheSourceDidNotAnswer() {
        trouble.failed(CAUSE, false, 0);
        trouble.split(CAUSE, 2, false);
        assertThat(trouble.unanswered()).isEqualTo(2);
        trouble.failed(CAUSE, true, 0);
        assertThat(trouble.unanswered()).isZero();
        assertThat(trouble.failures()).isEqualTo(2);
    }

    @Test
    void anAnswerThatWasNoAbsenceContradictsIt() {
        trouble.absent(0);
        trouble.failed(CAUSE, false, 10);
        assertThat(trouble.absentFor(GRACE, 100))
                .as("nothing was said meanwhile")
                .isTrue();
        assertThat(trouble.absentFor(GRACE, 99)).isFalse();
        trouble.failed(CAUSE, true, 100);
        assertThat(trouble.absentFor(GRACE, 200)).isFalse();
        assertThat(trouble.restOf(GRACE, 200)).isEqualTo(GRACE);
    }

    @Test
    void anAbsenceCountsFromWhenItWasFirstSaid() {
        trouble.absent(1_000);
        trouble.absent(1_060);
        assertThat(trouble.restOf(GRACE, 1_070)).isEqualTo(Duration.ofNanos(30));
        assertThat(trouble.absentFor(GRACE, 1_099)).isFalse();
        assertThat(trouble.absentFor(GRACE, 1_100)).isTrue();
    }

    @Test
    void takesOverAPastThatKnowsMoreAndNoOther() {
        trouble.remember(new Past(3, Duration.ofNanos(50), Duration.ZERO), 100);
        assertThat(trouble.failures()).isEqualTo(3);
        assertThat(trouble.failingFor(100)).isEqualTo(Duration.ofNanos(50));
        assertThat(trouble.company()).isEqualTo(1);
        trouble.remember(new Past(3, Duration.ofNanos(10), Duration.ZERO), 100);
        assertThat(trouble.failingFor(100)).as("it knew as much").isEqualTo(Duration.ofNanos(50));
    }

    @Test
    void companyGetsSmallerOnly() {
        trouble.split(CAUSE, 4, true);
        trouble.split(CAUSE, 8, true);
        assertThat(trouble.company()).isEqualTo(4);
        assertThat(trouble.cause()).isSameAs(CAUSE);
    }
}
