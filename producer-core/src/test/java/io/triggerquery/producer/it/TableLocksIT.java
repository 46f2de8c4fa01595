package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.outbox.RegistrationListener;
import io.triggerquery.producer.internal.outbox.TriggerIntake;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Concurrent access to the table: no operation waits for an open business transaction, and nothing is lost. */
@ParameterizedClass
@MethodSource("io.triggerquery.producer.TestDatabase#products")
class TableLocksIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Application NAMED = new Application("billing");

    private final TestDatabase kind;
    private final HikariDataSource database;
    private final JdbcClient jdbc;
    private final TriggerTable table;
    private final TransactionTemplate business;
    private final ExecutorService others = Executors.newCachedThreadPool();

    TableLocksIT(TestDatabase kind) {
        this.kind = kind;
        this.database = kind.cleared();
        this.jdbc = JdbcClient.create(database);
        this.table = new TriggerTable(database, NAMED);
        // the default of each product
        this.business = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    @AfterEach
    void end() {
        others.shutdown();
    }

    @Test
    void noOperationWaitsForUncommittedRows() {
        // enough rows that a database may prefer to scan the table
        IntStream.range(0, 300).forEach(n -> insert("sent-" + n));
        List<Claimed> sent = table.claim("test", 300, LEASE);
        insert("b", "c");
        table.park(table.claim("test", 1, LEASE), "too large");
        table.postpone(table.claim("test", 1, LEASE), LEASE);
        insert("d");

        business.executeWithoutResult(status -> {
            insert("open");
            new TriggerTable(database, Application.UNNAMED).insert(OutgoingTrigger.of("test", "open"));

            meanwhile(() -> table.done(sent));
            assertThat(meanwhile(() -> table.countUnconfigured(Set.of("test")))).isEmpty();
            assertThat(meanwhile(() -> table.unpark("test", null))).isEqualTo(1);
            assertThat(meanwhile(() -> table.retry("test", null))).isEqualTo(1);
            assertThat(meanwhile(table::backlog).pending()).isEqualTo(3);
            assertThat(meanwhile(() -> table.list(10))).hasSize(3);
            assertThat(meanwhile(() -> table.claim("test", 10, LEASE))).hasSize(3);
            status.setRollbackOnly();
        });
    }

    @Test
    void insertDoesNotWaitForAClaim() {
        insert("a", "b");

        readCommitted().executeWithoutResult(status -> {
            assertThat(table.claim("test", 10, LEASE)).hasSize(2);

            meanwhile(() -> business.executeWithoutResult(other -> insert("c")));
            meanwhile(() -> table.insertAlone(OutgoingTrigger.of("test", "d")));
        });
    }

    @Test
    void claimSkipsRowsLockedByAnother() {
        List<String> claimed = new ArrayList<>();
        insert("a", "b", "c");

        readCommitted().executeWithoutResult(status -> {
            List<String> first = ids(table.claim("test", 2, LEASE));
            List<String> second = ids(meanwhile(() -> table.claim("test", 2, LEASE)));

            // H2 also locks rows beyond the limit
            assertThat(second).hasSize(kind == TestDatabase.H2 ? 0 : 1).doesNotContainAnyElementsOf(first);
            claimed.addAll(first);
            claimed.addAll(second);
        });
        claimed.addAll(ids(table.claim("test", 2, LEASE)));
        assertThat(claimed).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void operationsWorkOnSerializablePoolWithoutAutoCommit() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.getJdbcUrl());
            pool.setAutoCommit(false);
            pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            TriggerTable serializing = new TriggerTable(pool, NAMED);
            serializing.insertAlone(OutgoingTrigger.of("test", "a"));
            serializing.insertAlone(OutgoingTrigger.of("test", "b"));

            new TransactionTemplate(new JdbcTransactionManager(pool)).executeWithoutResult(status -> {
                serializing.insert(OutgoingTrigger.of("test", "open"));

                assertThat(meanwhile(serializing::backlog).pending()).isEqualTo(2);
                assertThat(meanwhile(() -> serializing.list(10))).hasSize(2);
                List<Claimed> claimed = meanwhile(() -> serializing.claim("test", 10, LEASE));
                assertThat(ids(claimed)).containsExactlyInAnyOrder("a", "b");
                meanwhile(() -> serializing.done(claimed));
            });
            assertThat(ids(table.claim("test", 10, LEASE))).containsExactly("open");
        }
    }

    @Test
    void concurrentRegistrationsActivationsAndSendsLoseNothing() throws Exception {
        TriggerIntake intake = new TriggerIntake(database, NAMED, RegistrationListener.NONE);
        List<Future<?>> callers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            callers.add(others.submit(() -> {
                for (int n = 0; n < 40; n++) {
                    List<Registration> few = IntStream.range(0, 5)
                            .mapToObj(i -> new Registration(UUID.randomUUID(), OutgoingTrigger.of("test", "p-" + i)))
                            .toList();
                    // due at once, so that they are sent while they are activated
                    intake.register("caller", Duration.ZERO, few);
                    intake.activate("caller", few);
                    intake.activate("caller", few);
                }
            }));
        }
        while (callers.stream().anyMatch(caller -> !caller.isDone())) {
            table.done(table.claim("test", 50, LEASE));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }

        table.done(table.claim("test", 1_000, LEASE));
        assertThat(jdbc.sql("select count(*) from trigger_outbox")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void concurrentRepeatedCallsStoreARegistrationOnce() {
        TriggerIntake intake = new TriggerIntake(database, NAMED, RegistrationListener.NONE);
        for (int n = 0; n < 20; n++) {
            List<Registration> same = IntStream.range(0, 3)
                    .mapToObj(i -> new Registration(UUID.randomUUID(), OutgoingTrigger.of("test", "p-" + i)))
                    .toList();
            List<Future<?>> calls = IntStream.range(0, 3)
                    .<Future<?>>mapToObj(call -> others.submit(() -> {
                        if (call == 0) {
                            intake.activate("caller", same);
                        } else {
                            intake.register("caller", Duration.ofHours(1), same);
                        }
                    }))
                    .toList();
            calls.forEach(TableLocksIT::result);

            List<Claimed> activated = table.claim("test", 10, LEASE);
            assertThat(activated).hasSize(3);
            table.done(activated);
        }
    }

    private TransactionTemplate readCommitted() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return transaction;
    }

    /** Calls on another connection. Fails if the call has to wait for this thread. */
    private <T> T meanwhile(Callable<T> other) {
        return result(others.submit(other));
    }

    private void meanwhile(Runnable other) {
        result(others.submit(other));
    }

    private static <T> T result(Future<T> other) {
        try {
            return other.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void insert(String... ids) {
        for (String id : ids) {
            table.insert(OutgoingTrigger.of("test", id));
        }
    }

    private static List<String> ids(List<Claimed> rows) {
        return rows.stream().map(row -> row.trigger().id()).toList();
    }
}
