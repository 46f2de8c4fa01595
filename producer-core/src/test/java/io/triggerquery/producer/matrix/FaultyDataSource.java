package io.triggerquery.producer.matrix;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Executes a fault right after the next COMMIT of the thread that has set it. */
final class FaultyDataSource extends DelegatingDataSource implements AutoCloseable {

    /** A fault, executed after the database has committed. */
    @FunctionalInterface
    interface Fault {

        Fault NONE = () -> {};

        void execute() throws SQLException;
    }

    private final ThreadLocal<Fault> next = ThreadLocal.withInitial(() -> Fault.NONE);

    private final HikariDataSource pool;

    FaultyDataSource(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    void afterNextCommit(Fault fault) {
        next.set(fault);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("commit")) {
                        Fault fault = next.get();
                        next.remove();
                        fault.execute();
                    }
                    return result;
                });
    }
}
