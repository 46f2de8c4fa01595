package io.triggerquery.producer.internal.outbox;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the relay once for each committed transaction.
 *
 * <p>After completion, whatever the status: afterCommit does not run when the answer to a COMMIT is lost, and the
 * status then says "rolled back" of a row that is there. Waking for nothing costs one query.
 */
final class CommitWakeUp implements TransactionSynchronization {

    private final Runnable relay;

    CommitWakeUp(Runnable relay) {
        this.relay = relay;
    }

    void now() {
        relay.run();
    }

    void afterThisTransaction() {
        // a transaction manager without synchronization leaves it to the poll
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // registrations are a set: the same object again changes nothing
            TransactionSynchronizationManager.registerSynchronization(this);
        }
    }

    @Override
    public void afterCompletion(int status) {
        relay.run();
    }
}
