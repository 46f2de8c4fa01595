package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation is worth something only if it notices. Each fault of {@link EngineMutants} is put into the engine's
 * source, compiled, and has to be caught in {@value #SCHEDULES} schedules. Which seed did it is printed.
 */
class EngineMutantsTest {

    private static final int SCHEDULES = 10_000;

    /** That the sound engine passes is {@link EngineSimulationTest}'s part; here, that loading it once more changes nothing. */
    private static final int SOUND = 1_000;

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws Exception {
        String caught = run(mutant, mutant.seed(), SCHEDULES);
        System.out.println(mutant + " -> " + caught);
        assertThat(caught).as(mutant.toString()).isNotNull();
    }

    @Test
    void theSoundEngineIsNotAccused() throws Exception {
        assertThat(run(new Mutant("none", SlowStart.class, "ids = 1;", "ids = 1;"), 1, SOUND))
                .isNull();
    }

    /** Runs the simulation on the faulty engine. Returns the seed that caught it and how, or null. */
    private static String run(Mutant mutant, long seed, int schedules) throws Exception {
        Class<?> simulation = new MutantLoader(mutant).loadClass(Simulation.class.getName());
        Method run = simulation.getDeclaredMethod("run", long.class, int.class);
        var constructor = simulation.getDeclaredConstructor();
        constructor.setAccessible(true);
        run.setAccessible(true);
        try {
            run.invoke(constructor.newInstance(), seed, schedules);
            return null;
        } catch (InvocationTargetException failed) {
            return failed.getCause().getMessage();
        }
    }

    static List<Mutant> mutants() {
        return EngineMutants.ALL;
    }
}
