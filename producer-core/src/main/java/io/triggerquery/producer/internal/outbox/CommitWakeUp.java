package io.triggerquery.producer.internal.outbox;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the relay once for each committed transaction.
 *
 * <p>It does so after completion, whatever the status: Spring does not call afterCommit if the answer to a COMMIT is
 * lost, and the status is then "rolled back" although the row is stored. An unnecessary wake-up costs one statement.
 */
final class CommitWakeUp implements TransactionSynchronization {

    private final Runnable wakeUp;

    CommitWakeUp(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    void now() {
        wakeUp.run();
    }

    void afterThisTransaction() {
        // without synchronization, the next poll finds the row
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // synchronizations are a set, so adding the same object again has no effect
            TransactionSynchronizationManager.registerSynchronization(this);
        }
    }

    @Override
    public void afterCompletion(int status) {
        wakeUp.run();
    }
}
