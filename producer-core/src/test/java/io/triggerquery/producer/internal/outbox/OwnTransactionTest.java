package io.triggerquery.producer.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class OwnTransactionTest {

    private final AtomicInteger isolation = new AtomicInteger(Connection.TRANSACTION_SERIALIZABLE);
    private final OwnTransaction transaction = new OwnTransaction(new SingleConnectionDataSource(connection(), true));
    private int rollbacks;

    @Test
    void usesReadCommittedWhateverTheDefaultOfThePool() {
        int during = transaction.call(isolation::get);

        assertThat(during).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(isolation).hasValue(Connection.TRANSACTION_SERIALIZABLE);
    }

    @Test
    void isRetriedAfterDeadlockAndDuplicateKey() {
        Iterator<RuntimeException> failures = List.<RuntimeException>of(
                        new CannotAcquireLockException("deadlock"),
                        new DuplicateKeyException("inserted by another transaction"))
                .iterator();

        String result = transaction.call(() -> {
            if (failures.hasNext()) {
                throw failures.next();
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(rollbacks).isEqualTo(2);
    }

    @Test
    void isRetriedALimitedNumberOfTimes() {
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> transaction.run(() -> {
                    calls.incrementAndGet();
                    throw new CannotAcquireLockException("deadlock");
                }))
                .isInstanceOf(CannotAcquireLockException.class);
        assertThat(calls).hasValueBetween(1, 5);
        assertThat(rollbacks).isEqualTo(calls.get());
    }

    @Test
    void isNotRetriedAfterOtherFailures() {
        assertThatThrownBy(() -> transaction.run(() -> {
                    throw new DataAccessResourceFailureException("gone");
                }))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(rollbacks).isEqualTo(1);
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getTransactionIsolation":
                            return isolation.get();
                        case "setTransactionIsolation":
                            isolation.set((int) arguments[0]);
                            return null;
                        case "rollback":
                            rollbacks++;
                            return null;
                        case "getAutoCommit":
                            return true;
                        case "isReadOnly":
                        case "isClosed":
                            return false;
                        default:
                            return null;
                    }
                });
    }
}
