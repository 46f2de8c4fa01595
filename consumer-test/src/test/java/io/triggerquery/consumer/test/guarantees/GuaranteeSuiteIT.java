package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.test.Database;
import io.triggerquery.consumer.test.Thing;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.faults.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Correct listeners pass, and faulty ones are detected. */
class GuaranteeSuiteIT {

    private static final ListenerUnderTest THINGS =
            ListenerUnderTest.of(Thing::of, Database::version).seeing(Database::row);

    private static final Faults FAULTS = new Faults();
    private static final DataSource DATABASE = FAULTS.dataSource(Database.dataSource());
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

    private static Stream<DynamicTest> suite(Object listener) {
        return GuaranteeSuite.of(TriggerQueryKit.of(listener), THINGS)
                .withFaults(FAULTS)
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> singleStatementPasses() {
        return suite(new GoodListeners.OneStatement(JDBC));
    }

    @TestFactory
    Stream<DynamicTest> batchesInTransactionPass() {
        return suite(GoodListeners.Batches.on(DATABASE));
    }

    @TestFactory
    Stream<DynamicTest> rowLockPasses() {
        return suite(GoodListeners.Locking.on(DATABASE));
    }

    @TestFactory
    Stream<DynamicTest> guardPasses() {
        return suite(GoodListeners.Guarded.by(DATABASE));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(new BadListeners.Counting(JDBC), List.of("the same state again changes nothing")),
                Arguments.of(new BadListeners.Inserting(JDBC), List.of("the same state again changes nothing")),
                Arguments.of(
                        new BadListeners.Overwriting(JDBC),
                        List.of(
                                "an older state after a newer one changes nothing",
                                "the newest state remains, in any order",
                                "an instance that continues late")),
                Arguments.of(
                        new BadListeners.ReadingThenWriting(
                                JDBC, new TransactionTemplate(new JdbcTransactionManager(DATABASE))),
                        List.of("an instance that continues late")),
                Arguments.of(new BadListeners.Swallowing(JDBC), List.of("is thrown, not swallowed")),
                Arguments.of(new BadListeners.NotTransactional(JDBC), List.of("leaves nothing half-done")),
                Arguments.of(new BadListeners.VersionFirst(JDBC), List.of("is thrown, not swallowed")),
                Arguments.of(new BadListeners.WriteBehind(JDBC), List.of("is applied when the method returns")),
                Arguments.of(new BadListeners.WithoutTombstone(JDBC), List.of("a deletion is applied, and not undone")),
                Arguments.of(new BadListeners.DeletingBlindly(JDBC), List.of("a late deletion")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void faultyListenerFails(Object listener, List<String> broken) {
        Map<String, Throwable> failures = failures(suite(listener));

        assertThat(broken)
                .allSatisfy(guarantee -> assertThat(failures.entrySet())
                        .as("'%s' must fail", guarantee)
                        .anySatisfy(failed -> {
                            assertThat(failed.getKey()).contains(guarantee);
                            assertThat(failed.getValue()).isNotNull();
                        }));
    }

    @Test
    void onlyBrokenGuaranteeFails() {
        assertThat(failures(suite(new BadListeners.Counting(JDBC))).keySet())
                .containsExactly(
                        "G1 NoLostTrigger: the same state again changes nothing",
                        "G1 NoLostTrigger: what was applied before a crash is applied again");
        assertThat(failures(suite(new BadListeners.NotTransactional(JDBC))).keySet())
                .containsExactly("G5 Isolated: a batch that fails half-way leaves nothing half-done");
    }

    @Test
    void randomFaultsDetectSwallowedFailure() {
        var suite = GuaranteeSuite.of(TriggerQueryKit.of(new BadListeners.Swallowing(JDBC)), THINGS)
                .withFaults(FAULTS)
                .withSeed(1);

        assertThat(failures(suite.tests())).anySatisfy((name, failure) -> {
            assertThat(name).startsWith("G8 Converges");
            assertThat(failure).hasMessageContaining("repeat with -Dtriggerquery.seed=");
        });
    }

    @Test
    void databaseWithoutFaultInjectionIsNamed() {
        JdbcClient elsewhere = JdbcClient.create(Database.dataSource());

        assertThat(failures(suite(new GoodListeners.OneStatement(elsewhere))).values())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("faults.dataSource(...)"));
    }

    @Test
    void testsThatNeedFaultsAreSkippedWithoutThem() {
        var suite = GuaranteeSuite.of(TriggerQueryKit.of(new GoodListeners.OneStatement(JDBC)), THINGS);

        assertThat(failures(suite.tests()).values())
                .hasSize(2)
                .allSatisfy(skipped -> assertThat(skipped).isInstanceOf(TestAbortedException.class));
    }

    @Test
    void transactionOfTheTestIsRejected() {
        new TransactionTemplate(new JdbcTransactionManager(DATABASE))
                .executeWithoutResult(status -> assertThat(failures(suite(new GoodListeners.OneStatement(JDBC)))
                                .values())
                        .allSatisfy(failure -> assertThat(failure).hasMessageContaining("Remove")));
    }

    @Test
    void idsMayHaveOtherForm() {
        var numbered = THINGS.named(number -> "named-" + number);
        var suite = GuaranteeSuite.of(TriggerQueryKit.of(new GoodListeners.OneStatement(JDBC)), numbered);

        suite.tests()
                .limit(1)
                .forEach(test -> assertThat(failures(Stream.of(test))).isEmpty());

        assertThat(Database.version("named-1")).hasValue(2);
    }

    @Test
    void sameSeedGivesSameRandomRun() {
        List<Integer> counts = Stream.of(7L, 7L)
                .map(seed -> {
                    var kit = TriggerQueryKit.of(GoodListeners.Batches.on(DATABASE));
                    GuaranteeSuite.of(kit, THINGS)
                            .withFaults(FAULTS)
                            .withSeed(seed)
                            .tests()
                            .filter(test -> test.getDisplayName().endsWith("with seed 7"))
                            .forEach(test ->
                                    assertThat(failures(Stream.of(test))).isEmpty());
                    return kit.source().calls();
                })
                .toList();

        assertThat(counts.get(0)).isEqualTo(counts.get(1)).isPositive();
    }

    private static Map<String, Throwable> failures(Stream<DynamicTest> tests) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        tests.forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable failure) {
                failures.put(test.getDisplayName(), failure);
            }
        });
        return failures;
    }
}
