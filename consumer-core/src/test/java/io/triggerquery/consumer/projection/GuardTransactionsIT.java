package io.triggerquery.consumer.projection;

import static io.triggerquery.consumer.projection.Instance.PROJECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.consumer.internal.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalApplicationListener;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions in which the guard may be called, with each auto-commit mode of the pool: an admitted version is
 * kept with the caller's transaction, or the call is refused. Nothing is admitted and then lost.
 */
@ParameterizedClass
@MethodSource("databasesByAutoCommit")
class GuardTransactionsIT {

    @Parameter(0)
    TestDatabase database;

    @Parameter(1)
    boolean autoCommit;

    private static final DataSource OTHER = TestDatabase.H2.empty();

    private HikariDataSource pool;
    private JdbcTransactionManager manager;
    private Instance instance;
    private @Nullable RuntimeException refusal;

    static Stream<Arguments> databasesByAutoCommit() {
        return TestDatabase.available().stream()
                // Spring's transactions do not depend on the driver's options
                .filter(database -> database != TestDatabase.MARIADB_UNUSUAL)
                .flatMap(database -> Stream.of(true, false).map(autoCommit -> Arguments.of(database, autoCommit)));
    }

    @BeforeEach
    void aPool() {
        DataSource dataSource = database.migrated();
        Instance.first(dataSource);
        pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setAutoCommit(autoCommit);
        pool.setMaximumPoolSize(3);
        manager = manager(pool);
        instance = new Instance(pool);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** A transaction manager as configured by the auto-configuration. */
    private static JdbcTransactionManager manager(DataSource dataSource) {
        var manager = new JdbcTransactionManager(dataSource);
        manager.addListener(EndedTransactions.LISTENER);
        return manager;
    }

    private static TransactionTemplate of(JdbcTransactionManager manager, int propagation) {
        var template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private void inTransaction(Runnable body) {
        new TransactionTemplate(manager).executeWithoutResult(status -> body.run());
    }

    /** Runs a handler and keeps its refusal, because Spring only logs the exceptions of some callbacks. */
    private void project(long version) {
        try {
            instance.projectFound("a", version);
        } catch (IllegalTransactionStateException e) {
            refusal = e;
        }
    }

    private void assertKept(long version) {
        assertThat(refusal).isNull();
        assertThat(instance.guard.versions(PROJECTION, List.of("a"))).isEqualTo(Map.of("a", version));
        assertThat(instance.things()).isEqualTo(Map.of("a", version));
    }

    private void assertRefused(String reason) {
        assertThat(refusal).isNotNull().hasMessageContaining(reason).hasMessageContaining("@Transactional");
        assertThat(instance.guard.versions(PROJECTION, List.of("a"))).isEmpty();
        assertThat(instance.things()).isEmpty();
    }

    @Test
    void versionIsKeptInTransactionOfTheMethod() {
        inTransaction(() -> project(5));
        assertKept(5);
    }

    @Test
    void versionIsLostOnRollback() {
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            project(5);
            status.setRollbackOnly();
        });
        inTransaction(() -> project(4));
        assertKept(4);
    }

    @Test
    void versionIsLostOnRollbackToSavepoint() {
        inTransaction(() -> {
            project(3);
            of(manager, TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(status -> {
                project(5);
                status.setRollbackOnly();
            });
            project(4);
        });
        assertKept(4);
    }

    @Test
    void versionIsKeptInNestedNewTransaction() {
        new TransactionTemplate(manager).executeWithoutResult(outer -> {
            of(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(status -> project(5));
            outer.setRollbackOnly();
        });
        assertKept(5);
    }

    @Test
    void versionIsKeptInJoinedTransaction() {
        inTransaction(() -> inTransaction(() -> project(5)));
        assertKept(5);
    }

    @Test
    void guardIsRefusedWithoutTransaction() {
        project(5);
        assertRefused("there is no transaction");
    }

    @Test
    void readOnlyTransactionIsRefused() {
        var readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);
        readOnly.executeWithoutResult(status -> project(5));
        assertRefused("read-only");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transactionOfAnotherDatabaseIsRefused(boolean usedBefore) {
        var foreign = new TransactionTemplate(manager(OTHER));
        foreign.executeWithoutResult(status -> {
            if (usedBefore) {
                instance.jdbc.sql("select 1").query(Integer.class).single();
            }
            project(5);
        });
        assertRefused("not one of its own DataSource");
    }

    @Test
    void ownTransactionWithinThatOfAnotherDatabaseKeepsVersion() {
        new TransactionTemplate(manager(OTHER)).executeWithoutResult(status -> inTransaction(() -> project(5)));
        assertKept(5);
    }

    private static TransactionTemplate jta() {
        var manager = new JtaTransactionManager(new LocalUserTransaction());
        manager.addListener(EndedTransactions.LISTENER);
        return new TransactionTemplate(manager);
    }

    /** Whether the connection joins the JTA transaction depends on the pool, which the guard cannot see. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jtaTransactionIsRefusedWithAdvice(boolean usedBefore) {
        jta().executeWithoutResult(status -> {
            if (usedBefore) {
                instance.jdbc.sql("select 1").query(Integer.class).single();
            }
            project(5);
        });
        assertRefused("define a JdbcTransactionManager of that DataSource");
    }

    @Test
    void ownTransactionWithinJtaKeepsVersion() {
        jta().executeWithoutResult(status -> inTransaction(() -> project(5)));
        assertKept(5);
    }

    private void listen(TransactionPhase phase, Runnable body) {
        TransactionalApplicationListener.<String>forPayload(phase, payload -> body.run())
                .onApplicationEvent(new PayloadApplicationEvent<>(this, "changed"));
    }

    @Test
    void listenerBeforeCommitKeepsVersion() {
        inTransaction(() -> listen(TransactionPhase.BEFORE_COMMIT, () -> project(5)));
        assertKept(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionPhase.class,
            names = {"AFTER_COMMIT", "AFTER_COMPLETION"})
    void listenerAfterCommitIsRefused(TransactionPhase phase) {
        inTransaction(() -> listen(phase, () -> project(5)));
        assertRefused("has ended");
    }

    @Test
    void listenerAfterRollbackIsRefused() {
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            listen(TransactionPhase.AFTER_ROLLBACK, () -> project(5));
            status.setRollbackOnly();
        });
        assertRefused("has ended");
    }

    private void afterCommit(Runnable body) {
        inTransaction(() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                body.run();
            }
        }));
    }

    @Test
    void callbackAfterCommitIsRefused() {
        afterCommit(() -> project(5));
        assertRefused("has ended");
        inTransaction(() -> {
            refusal = null;
            project(4);
        });
        assertKept(4);
    }

    @Test
    void joiningEndedTransactionIsRefused() {
        afterCommit(() -> inTransaction(() -> project(5)));
        assertRefused("has ended");
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionPhase.class,
            names = {"AFTER_COMMIT", "AFTER_COMPLETION"})
    void newTransactionInListenerAfterCommitKeepsVersion(TransactionPhase phase) {
        inTransaction(() -> listen(
                phase,
                () -> of(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(status -> project(5))));
        assertKept(5);
    }

    @Test
    void newTransactionsInCallbackAfterCommitKeepVersion() {
        List<String> order = new ArrayList<>();
        var requiresNew = of(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        afterCommit(() -> {
            requiresNew.executeWithoutResult(status -> {
                requiresNew.executeWithoutResult(inner -> project(3));
                project(4);
                order.add("outer");
            });
            requiresNew.executeWithoutResult(inner -> inner.setRollbackOnly());
            requiresNew.executeWithoutResult(status -> project(5));
        });
        assertThat(order).containsExactly("outer");
        assertKept(5);
    }

    @Test
    void failedCommitLeavesNoVersion() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    project(6);
                    closePhysicalConnection();
                }))
                .isInstanceOfAny(TransactionException.class, DataAccessException.class);
        // the pool does not know H2's SQL state
        pool.getHikariPoolMXBean().softEvictConnections();
        inTransaction(() -> project(5));
        assertKept(5);
    }

    private void closePhysicalConnection() {
        try {
            DataSourceUtils.getConnection(pool).unwrap(Connection.class).close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void forgettingIdRequiresTransaction() {
        inTransaction(() -> project(5));
        try {
            instance.guard.forget(PROJECTION, "a");
        } catch (IllegalTransactionStateException e) {
            refusal = e;
        }
        assertThat(refusal).isNotNull().hasMessageContaining("there is no transaction");
        refusal = null;
        assertKept(5);
        inTransaction(() -> {
            assertThat(instance.guard.forget(PROJECTION, "a")).isTrue();
            assertThat(instance.guard.forget(PROJECTION, "a")).isFalse();
            project(1);
        });
        assertKept(1);
    }
}
