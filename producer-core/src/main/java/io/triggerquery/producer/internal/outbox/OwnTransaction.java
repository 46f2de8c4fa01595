package io.triggerquery.producer.internal.outbox;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the transactions of the table itself, apart from those of its callers. */
final class OwnTransaction {

    private OwnTransaction() {}

    /**
     * Runs each call in a transaction with read committed isolation, whatever the pool's default: with a stricter one,
     * claims of several relays fail with serialization errors.
     */
    static TransactionOperations of(DataSource dataSource) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return transaction;
    }
}
