package io.triggerquery.producer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation is worth something only if it notices. Each fault of {@link ProducerMutants} is put into the producer's
 * source, compiled, and has to be caught in as many schedules as below at most. Which seed did it is printed.
 */
class ProducerMutantsTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 4_000);

    @BeforeAll
    static void beSilent() {
        Loggers.silence();
    }

    @AfterAll
    static void speak() {
        Loggers.restore();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws Exception {
        String caught = run(mutant);
        System.out.println(mutant + " -> " + caught);
        assertThat(caught).as(mutant.toString()).isNotNull();
    }

    @Test
    void theSoundProducerIsNotAccused() throws Exception {
        assertThat(run(new Mutant("none", "relay.Gate", "failures = 0;", "failures = 0;")))
                .isNull();
    }

    /** Runs the simulation on the faulty producer. Returns the seed that caught it and how, or null. */
    private static String run(Mutant mutant) throws Exception {
        Class<?> simulation = new MutantLoader(mutant).loadClass(Simulation.class.getName());
        Method run = simulation.getDeclaredMethod("run", long.class, int.class);
        var constructor = simulation.getDeclaredConstructor();
        constructor.setAccessible(true);
        run.setAccessible(true);
        try {
            run.invoke(constructor.newInstance(), 1L, SCHEDULES);
            return null;
        } catch (InvocationTargetException failed) {
            return failed.getCause().getMessage();
        }
    }

    static List<Mutant> mutants() {
        return ProducerMutants.ALL;
    }
}
