package io.triggerquery.producer.internal.outbox;

import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the transactions of the table itself, apart from those of its callers: with read committed isolation, whatever
 * the pool's default. With a stricter one, claims of several relays fail with serialization errors, and those of MySQL
 * lock the gaps into which business transactions insert.
 *
 * <p>Threads: any. Bounds: a transaction that ends with a deadlock, or with a key that another one has just inserted,
 * is repeated up to four times, but not once three seconds have passed. Failure: Spring's {@code DataAccessException}
 * or {@code TransactionException}; the transaction is then rolled back.
 */
final class OwnTransaction {

    private static final RetryPolicy REPEAT = RetryPolicy.builder()
            .includes(PessimisticLockingFailureException.class, DuplicateKeyException.class)
            .maxRetries(4)
            .delay(Duration.ofMillis(10))
            .jitter(Duration.ofMillis(9))
            // PostgreSQL takes a second to detect a deadlock
            .timeout(Duration.ofSeconds(3))
            .build();

    private final TransactionTemplate transaction;
    private final RetryTemplate repeat = new RetryTemplate(REPEAT);

    OwnTransaction(DataSource dataSource) {
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /** Runs statements in a transaction. */
    void run(Runnable statements) {
        repeat.invoke(() -> transaction.executeWithoutResult(status -> statements.run()));
    }

    /** Runs statements in a transaction and returns their result. */
    <T> T call(Supplier<T> statements) {
        return repeat.invoke(() -> transaction.execute(status -> statements.get()));
    }
}
