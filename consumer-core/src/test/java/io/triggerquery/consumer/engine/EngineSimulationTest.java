package io.triggerquery.consumer.engine;

import org.junit.jupiter.api.Test;

/**
 * G1, G2, G4, G6 after each step and G8 at the end of random schedules of triggers, polls, failures, refusals,
 * rebalances, lost partitions and crashes.
 *
 * <p>A failing seed is printed; {@code -Dsimulation.seed=SEED -Dsimulation.schedules=1} replays it exactly. More
 * schedules: {@code ./mvnw -pl consumer-core test -Dtest=EngineSimulationTest -Dsimulation.schedules=1000000}.
 */
class EngineSimulationTest {

    private static final int STEPS = 120;

    private final long firstSeed = Long.getLong("simulation.seed", 1);
    private final int schedules = Integer.getInteger("simulation.schedules", 20_000);

    @Test
    void guaranteesHoldInRandomSchedules() {
        for (long seed = firstSeed; seed < firstSeed + schedules; seed++) {
            try {
                run(seed);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static void run(long seed) {
        var world = new SimulatedWorld(seed);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        world.calmDown();
    }
}
