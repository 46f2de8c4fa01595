package io.triggerquery.consumer.projection;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Detects whether the calling thread is between a commit and the end of the transaction's callbacks. In
 * {@code TransactionSynchronization.afterCommit} Spring still reports an active transaction, but writes there are not
 * committed.
 *
 * <p>Threads: each has its own state, since a transaction belongs to a thread.
 */
public final class EndedTransactions implements TransactionExecutionListener {

    /** The instance to add to each transaction manager of the application. */
    public static final EndedTransactions LISTENER = new EndedTransactions();

    private final ThreadLocal<Ended> innermost = new ThreadLocal<>();

    private EndedTransactions() {}

    /**
     * A transaction whose commit has begun, with the number of active transactions that were begun in its callbacks.
     */
    private static final class Ended {

        private final TransactionExecution transaction;
        private final @Nullable Ended outer;
        private int nested;

        private Ended(TransactionExecution transaction, @Nullable Ended outer) {
            this.transaction = transaction;
            this.outer = outer;
        }
    }

    boolean isInCallbacks() {
        Ended ended = innermost.get();
        return ended != null && ended.nested == 0;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        Ended ended = innermost.get();
        if (ended != null && beginFailure == null) {
            ended.nested++;
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        innermost.set(new Ended(transaction, innermost.get()));
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        end(transaction);
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
        end(transaction);
    }

    private void end(TransactionExecution transaction) {
        Ended ended = innermost.get();
        if (ended != null && ended.transaction == transaction) {
            ended = ended.outer;
        }
        if (ended == null) {
            innermost.remove();
        } else {
            ended.nested--;
            innermost.set(ended);
        }
    }
}
