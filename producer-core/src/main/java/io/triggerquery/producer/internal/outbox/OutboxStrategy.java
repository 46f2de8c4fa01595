package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.OngoingTransaction;
import io.triggerquery.producer.internal.handoff.OngoingTransaction.Phase;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes by inserting a row: in the caller's transaction if that is one of the outbox's own DataSource and has not
 * committed yet, else in one of its own. Inside a transaction of something else, say of Kafka or of a second database,
 * the row does not wait for that commit.
 *
 * <p>Insert only: an upsert would make business transactions that touch the same id wait for each other.
 *
 * <p>Threads: any. Bounds: one statement for each trigger, and a second connection while a transaction that has committed
 * still holds its own; Kafka is not involved. Failure: what the database refuses is thrown, and then the caller's
 * transaction cannot commit without its trigger; so is {@link IllegalStateException} where it is not known whether the
 * transaction has committed.
 */
public final class OutboxStrategy implements Strategy {

    /** Where rows are inserted. */
    public interface Table {

        /** Whether the calling thread is in a transaction of the table's database. */
        boolean isInTransaction();

        /** Adds a row within that transaction. */
        void insert(OutgoingTrigger trigger);

        /** Adds a row and commits it. */
        void insertAlone(OutgoingTrigger trigger);
    }

    private final Table table;
    private final CommitWakeUp wakeUp;

    /**
     * Makes the strategy.
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

    /** Whether the transaction that still holds the thread's connection has committed or completed already. */
    private static boolean hasCommitted() {
        OngoingTransaction transaction = OngoingTransaction.current();
        if (transaction == null) {
            // synchronization is switched off, or it is over
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
        if (transaction.phase() == Phase.UNCERTAIN) {
            throw new IllegalStateException(
                    "It is not known whether this transaction has committed already, and then the"
                            + " trigger would be lost: make its transaction manager a bean, or publish before the commit");
        }
        return transaction.phase() == Phase.COMMITTED;
    }
}
