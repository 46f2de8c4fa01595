package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * G1 to G8 in random schedules of triggers, polls, rounds, time, failures of all kinds, rebalances, lost partitions,
 * late consumers, crashes, rewinds and requests. The engine and its rounds are the real ones, on a virtual clock and
 * virtual workers; source, broker, database and the consumer group are simulated. After each step the engine is held
 * against what the guarantees say ({@link Shadow}), and when all faults have ended everything has to become as it
 * should ({@link SimulatedCalm}).
 *
 * <p>A failing seed is printed. It replays exactly, and can tell what happens:
 *
 * <pre>{@code
 * ./mvnw -pl consumer-core test -Dtest=EngineSimulationTest \
 *     -Dsimulation.seed=SEED -Dsimulation.schedules=1 -Dsimulation.trace=true
 * }</pre>
 *
 * <p>A million schedules, other than those of the build:
 *
 * <pre>{@code
 * ./mvnw -pl consumer-core test -Dtest=EngineSimulationTest \
 *     -Dsimulation.seed=1000000 -Dsimulation.schedules=1000000
 * }</pre>
 */
class EngineSimulationTest {

    /** Everything happens at least once in so many schedules, or the simulation has stopped exercising it. */
    private static final int OFTEN = 100;

    private final long firstSeed = Long.getLong("simulation.seed", 1);
    private final int schedules = Integer.getInteger("simulation.schedules", 30_000);

    @Test
    void guaranteesHoldInRandomSchedules() {
        var simulation = new Simulation();
        long start = System.nanoTime();
        simulation.run(firstSeed, schedules);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(schedules + " schedules in " + millis + " ms: " + simulation.seen());
        assertThat(simulation.seen())
                .allSatisfy((happening, times) -> assertThat(times)
                        .as("how often something was %s", happening)
                        .isGreaterThanOrEqualTo(schedules / OFTEN));
    }

    @Test
    void aSeedReplaysExactly() {
        var once = new Simulation();
        once.run(firstSeed, OFTEN);
        var again = new Simulation();
        again.run(firstSeed, OFTEN);
        assertThat(again.seen()).isEqualTo(once.seen());
    }
}
