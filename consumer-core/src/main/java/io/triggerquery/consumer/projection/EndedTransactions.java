package io.triggerquery.consumer.projection;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Detects whether the calling thread is between a commit and the end of the transaction's callbacks. In {@code
 * TransactionSynchronization.afterCommit} Spring still calls the transaction active, but nothing commits what is
 * written there.
 *
 * <p>Threads: each has its own state, since a transaction belongs to a thread.
 */
public final class EndedTransactions implements TransactionExecutionListener {

    /** To be added to each transaction manager of the application. */
    public static final EndedTransactions LISTENER = new EndedTransactions();

    private final ThreadLocal<Ended> innermost = new ThreadLocal<>();

    private EndedTransactions() {}

    /** A transaction whose commit has begun, and how many were begun within its callbacks and go on. */
    private static final class Ended {

        private final TransactionExecution transaction;
        private final @Nullable Ended outer;
        private int begunSince;

        private Ended(TransactionExecution transaction, @Nullable Ended outer) {
            this.transaction = transaction;
            this.outer = outer;
        }
    }

    boolean isInCallbacks() {
        Ended ended = innermost.get();
        return ended != null && ended.begunSince == 0;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        Ended ended = innermost.get();
        if (ended != null && beginFailure == null) {
            ended.begunSince++;
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        innermost.set(new Ended(transaction, innermost.get()));
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        over(transaction);
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
        over(transaction);
    }

    private void over(TransactionExecution transaction) {
        Ended ended = innermost.get();
        if (ended != null && ended.transaction == transaction) {
            ended = ended.outer;
        }
        if (ended == null) {
            innermost.remove();
        } else {
            ended.begunSince--;
            innermost.set(ended);
        }
    }
}
