package io.triggerquery.consumer.test.guarantees;

import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.faults.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The guarantees that a listener can break, as JUnit tests.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> guarantees() {
 *     return GuaranteeSuite.of(kit, payments).withFaults(faults).tests();
 * }
 * }</pre>
 *
 * <p>The projection must use the real store, since a fake has no transactions. It may contain other rows. The suite
 * does not delete the rows that it wrote.
 */
public final class GuaranteeSuite {

    /** The system property for the seed of the random run, to repeat it. */
    static final String SEED = "triggerquery.seed";

    private final Trial trial;
    private final @Nullable Faults faults;
    private final long seed;

    private GuaranteeSuite(Trial trial, @Nullable Faults faults, long seed) {
        this.trial = trial;
        this.faults = faults;
        this.seed = seed;
    }

    /**
     * Creates the suite without faults of the database, and with the seed of the system property {@code
     * triggerquery.seed} or a random one.
     */
    public static GuaranteeSuite of(TriggerQueryKit kit, ListenerUnderTest subject) {
        return new GuaranteeSuite(
                new Trial(kit, subject, new AtomicInteger()),
                null,
                Long.getLong(SEED, RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE)));
    }

    /** Returns a suite with faults of the projection's database. Without them, the tests that need them are skipped. */
    public GuaranteeSuite withFaults(Faults ofTheDatabase) {
        return new GuaranteeSuite(trial, ofTheDatabase, seed);
    }

    /** Returns a suite with the given seed for the random run. */
    public GuaranteeSuite withSeed(long newSeed) {
        return new GuaranteeSuite(trial, faults, newSeed);
    }

    /** Returns the tests, for a method with {@code @TestFactory}. */
    public Stream<DynamicTest> tests() {
        Faults injected = faults == null ? new Faults() : faults;
        List<Guarantee> all = new ArrayList<>();
        all.addAll(new Applying(trial).guarantees());
        all.addAll(new Order(trial).guarantees());
        List<Guarantee> withFaults = new ArrayList<>(new Breakdowns(trial, injected).guarantees());
        withFaults.addAll(new Zombie(trial, injected).guarantees());
        List<Guarantee> last = new Convergence(trial, injected, seed).guarantees();
        return Stream.of(
                        all.stream().filter(Guarantee::applies).map(this::test),
                        withFaults.stream().filter(Guarantee::applies).map(this::testWithFaults),
                        last.stream().map(this::test))
                .flatMap(tests -> tests);
    }

    private DynamicTest test(Guarantee guarantee) {
        return DynamicTest.dynamicTest(guarantee.name(), () -> run(guarantee));
    }

    private DynamicTest testWithFaults(Guarantee guarantee) {
        return DynamicTest.dynamicTest(guarantee.name(), () -> {
            Assumptions.assumeTrue(faults != null, "Not tested: this needs GuaranteeSuite.withFaults(...).");
            run(guarantee);
        });
    }

    private void run(Guarantee guarantee) throws Exception {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "The test has begun a transaction, but the listener's own transactions are tested. Remove"
                            + " @Transactional from the test.");
        }
        trial.kit().reset();
        guarantee.test().run();
    }
}
