package io.triggerquery.producer.internal.outbox;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells whether the calling thread's transaction is one of a given DataSource. That there is a transaction does not
 * mean so: it may be another manager's, and then a connection of this DataSource belongs to no transaction.
 *
 * <p>Threads: any.
 */
final class CurrentTransaction {

    private final Probe probe;

    CurrentTransaction(DataSource dataSource) {
        // it takes the proxies off that would join a transaction
        this.probe = new Probe(dataSource);
    }

    /** Where connections come from that belong to no transaction. */
    DataSource pool() {
        return probe.pool();
    }

    boolean isOfThisPool() {
        ConnectionHolder held = (ConnectionHolder) TransactionSynchronizationManager.getResource(pool());
        // only managers of another kind, such as JPA's, hold one that is not synchronized
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
