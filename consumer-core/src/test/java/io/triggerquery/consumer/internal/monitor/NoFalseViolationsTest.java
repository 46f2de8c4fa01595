package io.triggerquery.consumer.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Without faults a monitor reports no violation while both sides change continuously.
 *
 * <p>{@code -Dsimulation.seed=SEED} selects other changes and times.
 */
class NoFalseViolationsTest {

    private static final int IDS = 300;

    @ParameterizedTest
    @CsvSource({"true, 150, 100000", "false, 80, 40000"})
    void noCheckIsWrongWithoutFaults(boolean versions, int minutes, int checks) throws Exception {
        long seed = Long.getLong("simulation.seed", 1);
        var world = new World(seed, 40);
        world.versions = versions;
        world.fill(IDS);
        changes(world);

        world.run(Duration.ofMinutes(minutes));

        int checked = world.count(Result.RIGHT) + world.count(Result.WRONG);
        assertThat(checked).isGreaterThan(checks);
        assertThat(world.violations).as("seed %d, %s", seed, world.results).isEmpty();
        assertThat(world.count(Result.WRONG)).isZero();
        assertThat(world.repairs).isZero();
        for (Measure measure : Measure.values()) {
            assertThat(world.count(measure, Result.RIGHT)).as(measure.label()).isGreaterThan(1_000);
        }
    }

    private static void changes(World world) {
        String id = "thing-%05d".formatted(world.random.nextInt(IDS));
        boolean deleted = world.random.nextInt(20) == 0;
        world.change(id, deleted);
        world.at(Duration.ofMillis(world.random.nextInt(200)), () -> changes(world));
    }
}
