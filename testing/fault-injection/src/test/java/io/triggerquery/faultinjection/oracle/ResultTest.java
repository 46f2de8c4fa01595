package io.triggerquery.faultinjection.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.faultinjection.oracle.Loss.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that every violation is reported. */
class ResultTest {

    private static final RunCase CELL = new RunCase(Strategy.of("outbox"), Situation.TWO_APPLICATIONS, Fault.KILL);

    @Test
    void explainedLossIsNoBreach() {
        assertThat(result(Reason.REPORTED, 0, 0).breaches()).isEmpty();
        assertThat(result(Reason.ADMITTED, 0, 0).breaches()).isEmpty();
        assertThat(result(Reason.NOT_ACCEPTED, 0, 0).breaches()).isEmpty();
        assertThat(result(Reason.NOT_ACCEPTED, 0, 0).lost()).isZero();
    }

    @Test
    void unexplainedLossIsABreach() {
        assertThat(result(Reason.UNEXPLAINED, 0, 0).breaches()).hasSize(1);
    }

    @Test
    void misplacedTriggerIsABreachEvenWithoutLoss() {
        assertThat(result(Reason.REPORTED, 3, 0).breaches())
                .containsExactly("3 triggers were sent to another application's topic");
    }

    @Test
    void parkedTriggerIsABreachEvenWithoutLoss() {
        assertThat(result(Reason.REPORTED, 0, 2).breaches()).containsExactly("2 triggers are parked");
    }

    @Test
    void applicationsWithOneTableCanUseTheSameDestination() {
        List<Application> sharing = Situation.TWO_APPLICATIONS.services("run", Strategy.of("outbox"));

        assertThat(sharing).extracting(Application::destination).containsOnly("changed");
        assertThat(sharing).extracting(Application::topic).doesNotHaveDuplicates();
        assertThat(sharing.get(0).owns("a0.1")).isTrue();
        assertThat(sharing.get(1).owns("a0.1")).isFalse();
    }

    private static Result result(Reason reason, long misplaced, long parked) {
        return new Result(CELL, 100, 100, List.of(new Loss("a0.1", 0, 1, reason)), misplaced, parked);
    }
}
