package io.triggerquery.consumer.projection;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.SimpleConnectionHandle;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Checks that a write to a database becomes durable with the caller's transaction. An active transaction does not say
 * so: it may be one of another database or of Kafka, or one that has ended and whose callbacks run.
 */
final class CallersTransaction {

    private static final String ADVICE = " Put @Transactional, with the transaction manager of that DataSource, on the"
            + " method that calls it and writes the projection.";
    private static final TransactionDefinition EXISTING =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY);

    private final JdbcTransactionManager ofTheDataSource;

    CallersTransaction(DataSource dataSource) {
        ofTheDataSource = new JdbcTransactionManager(dataSource);
        // asks only whether there is one
        ofTheDataSource.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
    }

    /**
     * Checks the calling thread's transaction.
     *
     * @throws IllegalTransactionStateException if it does not write this database, or will not commit
     */
    void check() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw refused("there is no transaction, so the version could be durable without the state.");
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || EndedTransactions.LISTENER.isInCallbacks()) {
            throw refused("the transaction has ended: after its commit, in a listener or a callback, nothing commits"
                    + " what is written. Begin a new one there (REQUIRES_NEW).");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw refused("the transaction is read-only.");
        }
        if (!isOfTheDataSource()) {
            throw refused("the active transaction is not one of its own DataSource, so the version would be lost, or"
                    + " durable without the state. One of JTA counts as none, since nothing tells whether it commits this"
                    + " connection: define a JdbcTransactionManager of that DataSource, or compare the versions in the"
                    + " projection's own SQL.");
        }
    }

    private boolean isOfTheDataSource() {
        DataSource dataSource = ofTheDataSource.getDataSource();
        if (dataSource == null
                || !(TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder bound)) {
            return false;
        }
        // the connection of JPA's transaction manager; others were bound by that of JDBC, or by code that merely used
        // it
        return !(bound.getConnectionHandle() instanceof SimpleConnectionHandle) || isTransactionActive();
    }

    private boolean isTransactionActive() {
        try {
            ofTheDataSource.getTransaction(EXISTING);
            return true;
        } catch (IllegalTransactionStateException none) {
            return false;
        }
    }

    private static IllegalTransactionStateException refused(String reason) {
        return new IllegalTransactionStateException(
                "ProjectionGuard needs a transaction of its own DataSource, and " + reason + ADVICE);
    }
}
