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
 * The guarantees that a listener can break, as JUnit tests of the user's own.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> guarantees() {
 *     return GuaranteeSuite.of(kit, payments).withFaults(faults).tests();
 * }
 * }</pre>
 *
 * <p>The projection's store must be the real one: a fake has no transactions to break. It may hold other rows. The suite
 * leaves the rows behind that it wrote.
 */
public final class GuaranteeSuite {

    /** The system property with which a random run is repeated. */
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
     * The suite, without faults of the database and with a random seed, or the system property {@code triggerquery.seed}.
     */
    public static GuaranteeSuite of(TriggerQueryKit kit, ListenerUnderTest subject) {
        return new GuaranteeSuite(
                new Trial(kit, subject, new AtomicInteger()),
                null,
                Long.getLong(SEED, RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE)));
    }

    /** With faults of the projection's database. Without them, the tests that need them are skipped. */
    public GuaranteeSuite withFaults(Faults ofTheDatabase) {
        return new GuaranteeSuite(trial, ofTheDatabase, seed);
    }

    /** With a given seed for the random run. */
    public GuaranteeSuite withSeed(long newSeed) {
        return new GuaranteeSuite(trial, faults, newSeed);
    }

    /** The tests, to be returned from a method with {@code @TestFactory}. */
    public Stream<DynamicTest> tests() {
        Faults reach = faults == null ? new Faults() : faults;
        List<Guarantee> all = new ArrayList<>();
        all.addAll(new Applying(trial).guarantees());
        all.addAll(new Order(trial).guarantees());
        List<Guarantee> withFaults = new ArrayList<>(new Breakdowns(trial, reach).guarantees());
        withFaults.addAll(new Zombie(trial, reach).guarantees());
        List<Guarantee> last = new Convergence(trial, reach, seed).guarantees();
        return Stream.of(
                        all.stream().filter(Guarantee::concerns).map(this::test),
                        withFaults.stream().filter(Guarantee::concerns).map(this::testWithFaults),
                        last.stream().map(this::test))
                .flatMap(tests -> tests);
    }

    private DynamicTest test(Guarantee guarantee) {
        return DynamicTest.dynamicTest(guarantee.name(), () -> run(guarantee));
    }

    private DynamicTest testWithFaults(Guarantee guarantee) {
        return DynamicTest.dynamicTest(guarantee.name(), () -> {
            Assumptions.assumeTrue(faults != null, "not tested: needs GuaranteeSuite.withFaults(...)");
            run(guarantee);
        });
    }

    private void run(Guarantee guarantee) throws Exception {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "the listener's own transactions are under test, and the test has begun one:"
                            + " leave @Transactional away from it");
        }
        trial.kit().reset();
        guarantee.test().run();
    }
}
