package io.triggerquery.consumer.internal.database;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;

/** A fake database that reports its name and version, begins and ends transactions, and does nothing else. */
public final class NamedDatabase {

    private final String product;
    private final String version;
    private final DataSource dataSource = answering(DataSource.class);

    /** Creates one with this product and version. */
    public NamedDatabase(String product, String version) {
        this.product = product;
        this.version = version;
    }

    /** Returns connections to it. */
    public DataSource dataSource() {
        return dataSource;
    }

    private Object answer(Method called) {
        return switch (called.getName()) {
            case "getConnection" -> answering(Connection.class);
            case "getMetaData" -> answering(DatabaseMetaData.class);
            case "getDatabaseProductName" -> product;
            case "getDatabaseProductVersion" -> version;
            case "getAutoCommit", "isReadOnly", "isClosed", "equals" -> false;
            case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
            case "hashCode" -> 1;
            case "toString" -> product;
            default -> {
                if (called.getReturnType() == void.class) {
                    yield null;
                }
                throw new UnsupportedOperationException(called.toString());
            }
        };
    }

    private <T> T answering(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, values) -> called.getName().equals("equals") ? proxy == values[0] : answer(called)));
    }
}
