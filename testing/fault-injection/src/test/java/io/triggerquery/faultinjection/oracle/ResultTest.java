package io.triggerquery.faultinjection.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.faultinjection.oracle.Loss.Why;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that every violation is reported. */
class ResultTest {

    private static final Cell CELL = new Cell(Strategy.of("outbox"), Situation.TWO_APPLICATIONS, Fault.KILL);

    @Test
    void aLossWithAnExcuseIsNoBreach() {
        assertThat(result(Why.REPORTED, 0, 0).breaches()).isEmpty();
        assertThat(result(Why.ADMITTED, 0, 0).breaches()).isEmpty();
        assertThat(result(Why.NOT_ACCEPTED, 0, 0).breaches()).isEmpty();
        assertThat(result(Why.NOT_ACCEPTED, 0, 0).lost()).isZero();
    }

    @Test
    void aLossWithoutAnExcuseIsABreach() {
        assertThat(result(Why.UNEXPLAINED, 0, 0).breaches()).hasSize(1);
    }

    @Test
    void whatCameToAnotherApplicationIsABreachThoughNothingIsLost() {
        assertThat(result(Why.REPORTED, 3, 0).breaches())
                .containsExactly("3 triggers were sent to another application's topic");
    }

    @Test
    void whatIsParkedIsABreachThoughALaterTriggerOfTheIdHasArrived() {
        assertThat(result(Why.REPORTED, 0, 2).breaches()).containsExactly("2 triggers are parked");
    }

    @Test
    void applicationsWithOneTableMayCallTheirDestinationsTheSame() {
        List<Application> sharing = Situation.TWO_APPLICATIONS.services("run", Strategy.of("outbox"));

        assertThat(sharing).extracting(Application::destination).containsOnly("changed");
        assertThat(sharing).extracting(Application::topic).doesNotHaveDuplicates();
        assertThat(sharing.get(0).owns("a0.1")).isTrue();
        assertThat(sharing.get(1).owns("a0.1")).isFalse();
    }

    private static Result result(Why why, long misplaced, long parked) {
        return new Result(CELL, 100, 100, List.of(new Loss("a0.1", 0, 1, why)), misplaced, parked);
    }
}
