package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the simulation detects faults. Each fault of {@link EngineMutants} is inserted into the engine's source,
 * which is compiled and must fail within {@value #SCHEDULES} schedules. The seed that detected it is printed.
 */
class EngineMutantsTest {

    private static final int SCHEDULES = 10_000;

    /**
     * Enough to show that reloading the engine changes nothing; {@link EngineSimulationTest} runs the unchanged engine.
     */
    private static final int SOUND = 1_000;

    @ParameterizedTest
    @MethodSource("mutants")
    void simulationDetectsFault(Mutant mutant) throws Exception {
        String caught = run(mutant, mutant.seed(), SCHEDULES);
        System.out.println(mutant + " -> " + caught);
        assertThat(caught).as(mutant.toString()).isNotNull();
    }

    @Test
    void unchangedEnginePasses() throws Exception {
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
