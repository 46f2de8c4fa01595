package io.triggerquery.faultinjection;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.faultinjection.oracle.Fault;
import io.triggerquery.faultinjection.oracle.Plan;
import io.triggerquery.faultinjection.oracle.Result;
import io.triggerquery.faultinjection.oracle.Run;
import io.triggerquery.faultinjection.oracle.RunCase;
import io.triggerquery.faultinjection.oracle.Situation;
import io.triggerquery.faultinjection.oracle.Strategy;
import io.triggerquery.faultinjection.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short run of the {@link LossTable}, for strategies that lose nothing. */
class ConsistencyIT {

    private static World world;

    @BeforeAll
    static void start() {
        world = new World();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "disk-queue-intent, plain, broker-away-and-kill, 2",
        "registration, plain, relay-dies, 1",
        "outbox, two-applications, kill, 2",
        "outbox, plain, commit-answer-lost, 0"
    })
    void consumerHasAllVersionsOfTheSource(String strategy, String situation, String fault, int deaths) {
        Plan plan = new Plan(1_000, 500, deaths, Duration.ofSeconds(5), false);

        Result result =
                Run.of(world, new RunCase(Strategy.of(strategy), Situation.of(situation), Fault.of(fault)), plan);

        assertThat(result.changes()).isGreaterThanOrEqualTo(plan.changes());
        assertThat(result.lost()).as("%s", result.losses()).isZero();
        assertThat(result.breaches()).isEmpty();
    }
}
