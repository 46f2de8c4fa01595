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
 * Checks that the simulation detects faults. Each fault of {@link ProducerMutants} is inserted into the source of the producer
 * and compiled. The simulation must detect it within a limited number of schedules; the seed that does is printed.
 */
class ProducerMutantsTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 2_000);
    private static final int UNCHANGED_SCHEDULES = 300;

    @BeforeAll
    static void silenceLoggers() {
        Loggers.silence();
    }

    @AfterAll
    static void restoreLoggers() {
        Loggers.restore();
    }

    /** One test for all mutants, so that they run in parallel. */
    @Test
    void eachMutantIsDetected() {
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
    void unchangedProducerPasses() {
        assertThat(run(new Mutant("none", "relay.RelayBackoff", "failures = 0;", "failures = 0;"), UNCHANGED_SCHEDULES))
                .isNull();
    }

    /** Runs the simulation with the mutant. Returns the failing seed and the violation, or null. */
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
