package io.triggerquery.producer.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class OwnTransactionTest {

    private final AtomicInteger isolation = new AtomicInteger(Connection.TRANSACTION_SERIALIZABLE);

    @Test
    void readsCommittedRowsWhateverThePoolsDefaultIs() {
        SingleConnectionDataSource pool = new SingleConnectionDataSource(connection(), true);

        Integer during = OwnTransaction.of(pool).execute(status -> isolation.get());

        assertThat(during).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(isolation).hasValue(Connection.TRANSACTION_SERIALIZABLE);
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
