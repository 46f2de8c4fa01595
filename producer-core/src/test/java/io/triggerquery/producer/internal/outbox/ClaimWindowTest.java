package io.triggerquery.producer.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClaimWindowTest {

    private static final Duration QUICK = Duration.ofMillis(2);
    private static final Duration SLOW = Duration.ofMillis(100);

    private final ClaimWindow window = new ClaimWindow();
    private long now = -5;

    @Test
    void quickClaimsAlwaysStartAtTheFront() {
        for (int n = 0; n < 100; n++) {
            assertThat(claim(QUICK, Duration.ZERO)).isEqualTo(ClaimWindow.EVERYTHING);
            assertThat(claim(SLOW, Duration.ZERO)).isEqualTo(ClaimWindow.EVERYTHING);
            assertThat(claim(SLOW, Duration.ZERO)).isEqualTo(ClaimWindow.EVERYTHING);
        }
    }

    @Test
    void claimsAfterSlowOnesStartWhereTheLastEnded() {
        becomeSlow();
        pass(Duration.ofMillis(500));

        assertThat(claim(QUICK, Duration.ZERO)).isEqualTo(SLOW.plusMillis(500).plus(ClaimWindow.MARGIN));
        assertThat(claim(QUICK, Duration.ZERO)).isEqualTo(QUICK.plus(ClaimWindow.MARGIN));
    }

    @Test
    void claimAfterAFullBatchStartsAtItsLastRow() {
        becomeSlow();

        claim(QUICK, Duration.ofSeconds(7));

        assertThat(claim(QUICK, Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(7).plus(QUICK).plus(ClaimWindow.MARGIN));
    }

    @Test
    void slowClaimsFromTheFrontTakeATwentiethOfTheTime() {
        becomeSlow();
        int fromTheFront = 0;
        for (int n = 0; n < 1_000; n++) {
            pass(Duration.ofMillis(50));
            if (window.lookBack(now).equals(ClaimWindow.EVERYTHING)) {
                fromTheFront++;
                claim(SLOW, Duration.ZERO);
            } else {
                claim(QUICK, Duration.ZERO);
            }
        }
        assertThat(fromTheFront).isBetween(20, 30);
    }

    @Test
    void claimsStartAtTheFrontAgainWhenTheyAreQuick() {
        becomeSlow();
        pass(SLOW.multipliedBy(ClaimWindow.PAUSE_FACTOR));

        assertThat(claim(QUICK, Duration.ZERO)).isEqualTo(ClaimWindow.EVERYTHING);
        assertThat(claim(QUICK, Duration.ZERO)).isEqualTo(ClaimWindow.EVERYTHING);
    }

    @Test
    void failedClaimDoesNotMoveTheStart() {
        becomeSlow();
        pass(Duration.ofMillis(500));
        fail(SLOW);

        assertThat(claim(QUICK, Duration.ZERO))
                .isEqualTo(SLOW.plusMillis(500).plus(SLOW).plus(ClaimWindow.MARGIN));
    }

    @Test
    void slowFailedClaimsCountAsSlow() {
        claim(QUICK, Duration.ZERO);
        for (int n = 0; n < ClaimWindow.MAX_CONSECUTIVE_SLOW; n++) {
            assertThat(fail(SLOW)).isEqualTo(ClaimWindow.EVERYTHING);
        }

        assertThat(claim(QUICK, Duration.ZERO))
                .isEqualTo(QUICK.plus(SLOW.multipliedBy(ClaimWindow.MAX_CONSECUTIVE_SLOW))
                        .plus(ClaimWindow.MARGIN));
    }

    @Test
    void claimsStartAtTheFrontUntilOneSucceeds() {
        for (int n = 0; n < 2 * ClaimWindow.MAX_CONSECUTIVE_SLOW; n++) {
            assertThat(fail(SLOW)).isEqualTo(ClaimWindow.EVERYTHING);
        }
    }

    private Duration fail(Duration took) {
        long began = now;
        Duration lookBack = window.lookBack(now);
        pass(took);
        window.failed(lookBack, began, now);
        return lookBack;
    }

    private void becomeSlow() {
        for (int n = 0; n < ClaimWindow.MAX_CONSECUTIVE_SLOW; n++) {
            claim(SLOW, Duration.ZERO);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Duration claim(Duration took, Duration left) {
        long began = now;
        Duration lookBack = window.lookBack(now);
        pass(took);
        window.succeeded(lookBack, began, now, left);
        return lookBack;
    }
}
