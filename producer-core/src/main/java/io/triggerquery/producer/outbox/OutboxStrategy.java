package io.triggerquery.producer.outbox;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.handoff.Strategy;
import io.triggerquery.producer.sending.Trigger;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes by inserting a row: into the caller's transaction if there is one, else in one of its own.
 *
 * <p>The transaction has to be one of the outbox's own DataSource. Inside a transaction of something else, say of Kafka
 * or of a second database, the row does not wait for that commit.
 *
 * <p>Insert only: an upsert would make business transactions that touch the same id wait for each other.
 *
 * <p>Threads: any. Bounds: one statement for each trigger; Kafka is not involved. Failure: what the database refuses is
 * thrown, and then the caller's transaction cannot commit without its trigger.
 */
public final class OutboxStrategy implements Strategy {

    private final Consumer<Trigger> insert;
    private final CommitWakeUp wakeUp;

    /**
     * Makes the strategy.
     *
     * @param insert adds a row, within the calling thread's transaction if it has one
     * @param wakeUp called when rows may have been committed; it must not block
     */
    public OutboxStrategy(Consumer<Trigger> insert, Runnable wakeUp) {
        this.insert = insert;
        this.wakeUp = new CommitWakeUp(wakeUp);
    }

    @Override
    public Receipt publish(Trigger trigger) {
        insert.accept(trigger);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            wakeUp.afterThisTransaction();
            return new Receipt.InTransaction();
        }
        wakeUp.now();
        return new Receipt.Stored();
    }
}
