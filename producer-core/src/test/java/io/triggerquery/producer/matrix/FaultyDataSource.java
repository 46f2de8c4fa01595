package io.triggerquery.producer.matrix;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.producer.ObservedConnection;
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
        return ObservedConnection.of(super.getConnection(), method -> {
            if (method.equals("commit")) {
                Fault fault = next.get();
                next.remove();
                fault.execute();
            }
        });
    }
}
