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
 * Checks that a write to a database becomes durable with the caller's transaction. An active transaction does not
 * ensure that: it may be one of another database or of Kafka, or one that has ended and whose callbacks run.
 */
final class CallersTransaction {

    private static final String ADVICE = " Put @Transactional, with the transaction manager of that DataSource, on the"
            + " method that calls it and writes the projection.";
    private static final TransactionDefinition EXISTING =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY);

    private final JdbcTransactionManager transactionManager;
    private final String who;

    /**
     * Creates a check.
     *
     * @param who needs the transaction, for messages
     */
    CallersTransaction(DataSource dataSource, String who) {
        this.who = who;
        transactionManager = new JdbcTransactionManager(dataSource);
        // used only to check whether a transaction exists
        transactionManager.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
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
            throw refused("the transaction has ended: writes after its commit, in a listener or a callback, are not"
                    + " committed. Begin a new one there (REQUIRES_NEW).");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw refused("the transaction is read-only.");
        }
        if (!isOfDataSource()) {
            throw refused("the active transaction is not one of its own DataSource, so the version would be lost, or"
                    + " durable without the state. A JTA transaction counts as none, since it may not commit this"
                    + " connection: define a JdbcTransactionManager of that DataSource, or compare the versions in the"
                    + " projection's own SQL.");
        }
    }

    private boolean isOfDataSource() {
        DataSource dataSource = transactionManager.getDataSource();
        if (dataSource == null
                || !(TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder bound)) {
            return false;
        }
        // JPA's transaction manager binds other handles; a simple one is bound by the JDBC transaction manager, or by
        // code that only uses the connection
        return !(bound.getConnectionHandle() instanceof SimpleConnectionHandle) || isTransactionActive();
    }

    private boolean isTransactionActive() {
        try {
            transactionManager.getTransaction(EXISTING);
            return true;
        } catch (IllegalTransactionStateException none) {
            return false;
        }
    }

    private IllegalTransactionStateException refused(String reason) {
        return new IllegalTransactionStateException(
                who + " needs a transaction of its own DataSource, and " + reason + ADVICE);
    }
}
