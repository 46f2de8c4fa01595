package io.triggerquery.producer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * P1 and P2 in random schedules of transactions, outages of brokers, databases and disks, lost answers, late commits,
 * crashes, power failures, restarts, stops, changes of the strategy and operators' commands. Publisher, keepers, queues,
 * the healing of the disk queue's file and the relays are the real ones, on a virtual clock and virtual threads; broker,
 * database, outbox table and disk are simulated. Whatever a process does with one of these is a step, between any two of
 * which something else may happen, its death too ({@link SimulatedWorld#interleave()}). What was published is kept in a
 * {@link Ledger}, which knows what the strategies' rows in {@code docs/producer.md} promise; when all faults have ended
 * everything owed has to be sent ({@link SimulatedCalm}).
 *
 * <p>A failing seed is printed. It replays exactly, and can tell what happens:
 *
 * <pre>{@code
 * ./mvnw -pl producer-core -am test -Dtest=ProducerSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsimulation.seed=SEED -Dsimulation.schedules=1 -Dsimulation.trace=true
 * }</pre>
 *
 * <p>A million schedules, other than those of the build:
 *
 * <pre>{@code
 * ./mvnw -pl producer-core -am test -Dtest=ProducerSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsimulation.seed=1000000 -Dsimulation.schedules=1000000
 * }</pre>
 */
class ProducerSimulationTest {

    /** Everything happens at least once in so many schedules, or the simulation has stopped exercising it. */
    private static final int OFTEN = 500;

    private static final int REPLAYED = 100;

    private final long firstSeed = Long.getLong("simulation.seed", 1);
    private final int schedules = Integer.getInteger("simulation.schedules", 5_000);

    @BeforeAll
    static void beSilent() {
        Loggers.silence();
    }

    @AfterAll
    static void speak() {
        Loggers.restore();
    }

    @Test
    void promisesHoldInRandomSchedules() {
        var simulation = new Simulation();
        long start = System.nanoTime();
        simulation.run(firstSeed, schedules);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(schedules + " schedules in " + millis + " ms: " + simulation.seen());
        assertThat(simulation.seen())
                .allSatisfy((happening, times) -> assertThat(times)
                        .as("how often something was %s", happening)
                        .isGreaterThanOrEqualTo(happening.isDrawn() ? schedules / OFTEN : 0));
    }

    @Test
    void aSeedReplaysExactly() {
        var once = new Simulation();
        once.run(firstSeed, REPLAYED);
        var again = new Simulation();
        again.run(firstSeed, REPLAYED);
        assertThat(again.seen()).isEqualTo(once.seen());
    }
}
