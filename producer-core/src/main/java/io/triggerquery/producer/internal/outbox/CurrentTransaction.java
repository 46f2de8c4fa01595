package io.triggerquery.producer.internal.outbox;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Determines whether the calling thread's transaction is one of a given DataSource. It may also be a transaction of
 * another manager; then a connection of this DataSource belongs to no transaction.
 *
 * <p>Threads: any.
 */
final class CurrentTransaction {

    private final Probe probe;

    CurrentTransaction(DataSource dataSource) {
        // the manager removes proxies that would join a transaction
        this.probe = new Probe(dataSource);
    }

    /** Returns the DataSource whose connections belong to no transaction. */
    DataSource pool() {
        return probe.pool();
    }

    /** Returns whether a transaction of the DataSource runs on the calling thread. */
    boolean isActive() {
        ConnectionHolder held = (ConnectionHolder) TransactionSynchronizationManager.getResource(pool());
        // only other kinds of managers, such as JPA's, hold a connection that is not synchronized
        return held != null && (!held.isSynchronizedWithTransaction() || probe.hasTransaction());
    }

    private static final class Probe extends JdbcTransactionManager {

        private static final long serialVersionUID = 1L;

        Probe(DataSource dataSource) {
            super(dataSource);
        }

        DataSource pool() {
            return obtainDataSource();
        }

        boolean hasTransaction() {
            return isExistingTransaction(doGetTransaction());
        }
    }
}
