package io.triggerquery.producer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The simulation is worth something only if it notices. Each fault of {@link ProducerMutants} is put into the producer's
 * source, compiled, and has to be caught in as many schedules as below at most. Which seed did it is printed.
 */
class ProducerMutantsTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 2_000);
    private static final int SOUND = 300;

    @BeforeAll
    static void beSilent() {
        Loggers.silence();
    }

    @AfterAll
    static void speak() {
        Loggers.restore();
    }

    /** All of them in one test, so that they share the processors. */
    @Test
    void eachIsCaught() {
        List<String> missed = ProducerMutants.ALL.parallelStream()
                .filter(mutant -> {
                    String caught = run(mutant, SCHEDULES);
                    System.out.println(mutant + " -> " + caught);
                    return caught == null;
                })
                .map(Mutant::fault)
                .toList();
        System.out.println(ProducerMutants.ALL.size() + " mutants, missed " + missed);
        assertThat(missed).isEmpty();
    }

    @Test
    void theSoundProducerIsNotAccused() {
        assertThat(run(new Mutant("none", "relay.RelayBackoff", "failures = 0;", "failures = 0;"), SOUND))
                .isNull();
    }

    /** Runs the simulation on the faulty producer. Returns the seed that caught it and how, or null. */
    private static String run(Mutant mutant, int schedules) {
        try {
            Class<?> simulation = new MutantLoader(mutant).loadClass(Simulation.class.getName());
            Method run = simulation.getDeclaredMethod("run", long.class, int.class);
            var constructor = simulation.getDeclaredConstructor();
            constructor.setAccessible(true);
            run.setAccessible(true);
            run.invoke(constructor.newInstance(), 1L, schedules);
            return null;
        } catch (InvocationTargetException failed) {
            return failed.getCause().getMessage();
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(mutant.toString(), e);
        }
    }
}
