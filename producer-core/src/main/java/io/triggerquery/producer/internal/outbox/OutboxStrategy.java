package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.OngoingTransaction;
import io.triggerquery.producer.internal.handoff.OngoingTransaction.Phase;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes by inserting a row: in the caller's transaction if that is a transaction of the outbox's DataSource and has
 * not committed yet, else in a transaction of its own. Within another transaction, such as one of Kafka or of a second
 * database, the row does not wait for that commit.
 *
 * <p>It inserts and does not update: an upsert would make business transactions with the same id wait for each other.
 *
 * <p>Threads: any. Bounds: one statement for each trigger, and a second connection while a committed transaction still
 * holds its own; Kafka is not involved. Failure: exceptions of the database are thrown, so that the caller's
 * transaction cannot commit without its trigger; {@link IllegalStateException} if it is not known whether the
 * transaction has committed.
 */
public final class OutboxStrategy implements Strategy {

    /** The table of the outbox. */
    public interface Table {

        /** Returns whether a transaction of the table's DataSource runs on the calling thread. */
        boolean isInTransaction();

        /** Inserts a row in that transaction. */
        void insert(OutgoingTrigger trigger);

        /** Inserts a row and commits it. */
        void insertAlone(OutgoingTrigger trigger);
    }

    private final Table table;
    private final CommitWakeUp wakeUp;

    /**
     * Creates the strategy.
     *
     * @param wakeUp called when rows may have been committed; it must not block
     */
    public OutboxStrategy(Table table, Runnable wakeUp) {
        this.table = table;
        this.wakeUp = new CommitWakeUp(wakeUp);
    }

    @Override
    public Receipt publish(OutgoingTrigger trigger) {
        if (table.isInTransaction() && !hasCommitted()) {
            table.insert(trigger);
            wakeUp.afterThisTransaction();
            return new Receipt.InTransaction();
        }
        table.insertAlone(trigger);
        wakeUp.now();
        return new Receipt.Stored();
    }

    /** Returns whether the transaction that holds the thread's connection has committed or completed. */
    private static boolean hasCommitted() {
        OngoingTransaction transaction = OngoingTransaction.current();
        if (transaction == null) {
            // synchronization is off, or the transaction has completed
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
        if (transaction.phase() == Phase.UNCERTAIN) {
            throw new IllegalStateException(
                    "It is not known whether this transaction has committed; if so, its trigger would be lost."
                            + " Make its transaction manager a bean, or publish before the commit.");
        }
        return transaction.phase() == Phase.COMMITTED;
    }
}
