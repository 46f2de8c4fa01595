package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Checks G1 to G8 in random schedules of triggers, polls, rounds, time, failures of all kinds, rebalances, lost
 * partitions, expelled consumers, crashes, rewinds and requests. The engine and its rounds are real and run on a
 * virtual clock and virtual workers; source, broker, database and the consumer group are simulated. After each step the
 * engine is compared with a model of the guarantees ({@link EngineModel}). After the last fault the projection must equal
 * the source ({@link ConvergenceCheck}).
 *
 * <p>A failing seed is printed. To replay its schedule with a trace:
 *
 * <pre>{@code
 * ./mvnw -pl consumer-core test -Dtest=EngineSimulationTest \
 *     -Dsimulation.seed=SEED -Dsimulation.schedules=1 -Dsimulation.trace=true
 * }</pre>
 *
 * <p>To run a million other schedules:
 *
 * <pre>{@code
 * ./mvnw -pl consumer-core test -Dtest=EngineSimulationTest \
 *     -Dsimulation.seed=1000000 -Dsimulation.schedules=1000000
 * }</pre>
 */
class EngineSimulationTest {

    /** Each event occurs at least once in this many schedules; otherwise the simulation no longer covers it. */
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
                .allSatisfy((event, times) ->
                        assertThat(times).as("number of %s events", event).isGreaterThanOrEqualTo(schedules / OFTEN));
    }

    @Test
    void sameSeedReplaysSameSchedule() {
        var once = new Simulation();
        once.run(firstSeed, OFTEN);
        var again = new Simulation();
        again.run(firstSeed, OFTEN);
        assertThat(again.seen()).isEqualTo(once.seen());
    }
}
