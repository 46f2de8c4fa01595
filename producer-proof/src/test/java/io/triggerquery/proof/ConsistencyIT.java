package io.triggerquery.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.proof.oracle.Fault;
import io.triggerquery.proof.oracle.Plan;
import io.triggerquery.proof.oracle.Result;
import io.triggerquery.proof.oracle.Run;
import io.triggerquery.proof.oracle.Strategy;
import io.triggerquery.proof.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short run of what {@link LossTable} does at length, for strategies that lose nothing. */
class ConsistencyIT {

    private static final Plan PLAN = new Plan(1_000, 500, 3, Duration.ofSeconds(6));

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
        "disk-queue-intent, broker-away-and-kill",
        "registration, relay-dies",
        "outbox, kill",
        "outbox, commit-answer-lost"
    })
    void theConsumerHasWhatTheSourceHas(String strategy, String fault) {
        Result result = Run.of(world, Strategy.of(strategy), Fault.of(fault), PLAN);

        assertThat(result.changes()).isGreaterThanOrEqualTo(PLAN.changes());
        assertThat(result.lost()).as("%s", result.losses()).isZero();
    }
}
