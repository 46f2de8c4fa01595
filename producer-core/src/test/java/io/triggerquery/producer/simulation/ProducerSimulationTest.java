package io.triggerquery.producer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests P1 and P2 in random schedules of transactions, outages of brokers, databases and disks, lost answers, late commits,
 * crashes, power failures, restarts, stops, changes of the strategy and operators' commands. The publisher, the buffers, the
 * queues, the recovery of the disk queue's file and the relays are real, and run on a virtual clock and virtual threads. The
 * broker, the database, the outbox table and the disk are simulated. Each access to one of these is a step. Between two steps
 * other events may happen, including the death of the process ({@link SimulatedWorld#interleave()}). A {@link Ledger} records
 * each published trigger, and checks what {@code docs/producer.md} promises for its strategy. After the last fault, every owed
 * trigger must be sent ({@link ConvergenceCheck}).
 *
 * <p>A failing seed is printed. It replays exactly, and can print a trace:
 *
 * <pre>{@code
 * ./mvnw -pl producer-core -am test -Dtest=ProducerSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsimulation.seed=SEED -Dsimulation.schedules=1 -Dsimulation.trace=true
 * }</pre>
 *
 * <p>To run a million schedules other than those of the build:
 *
 * <pre>{@code
 * ./mvnw -pl producer-core -am test -Dtest=ProducerSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsimulation.seed=1000000 -Dsimulation.schedules=1000000
 * }</pre>
 */
class ProducerSimulationTest {

    /** Each event must occur at least once in this number of schedules. */
    private static final int SCHEDULES_PER_EVENT = 500;

    private static final int REPLAYED = 100;

    private final long firstSeed = Long.getLong("simulation.seed", 1);
    private final int schedules = Integer.getInteger("simulation.schedules", 5_000);

    @BeforeAll
    static void silenceLoggers() {
        Loggers.silence();
    }

    @AfterAll
    static void restoreLoggers() {
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
                .allSatisfy((event, times) -> assertThat(times)
                        .as("number of events %s", event)
                        .isGreaterThanOrEqualTo(event.isGenerated() ? schedules / SCHEDULES_PER_EVENT : 0));
    }

    @Test
    void sameSeedReplaysExactly() {
        var once = new Simulation();
        once.run(firstSeed, REPLAYED);
        var again = new Simulation();
        again.run(firstSeed, REPLAYED);
        assertThat(again.seen()).isEqualTo(once.seen());
    }
}
