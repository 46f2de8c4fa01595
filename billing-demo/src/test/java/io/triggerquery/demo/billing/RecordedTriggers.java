package io.triggerquery.demo.billing;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Records the triggers of committed transactions. Publishing outside a transaction is an error. */
final class RecordedTriggers implements TriggerPublisher {

    private final Queue<String> committed = new ConcurrentLinkedQueue<>();
    private volatile boolean rejecting;

    @Override
    public Receipt tryPublish(String destination, String id) {
        if (rejecting) {
            return new Receipt.Rejected("for a test");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.add(destination + " " + id);
            }
        });
        return new Receipt.InTransaction();
    }

    @Override
    public Receipt tryPublish(String destination, String id, long version) {
        return tryPublish(destination, id);
    }

    /** Returns the triggers since the last call. */
    List<String> drain() {
        List<String> drained = new ArrayList<>();
        for (String trigger = committed.poll(); trigger != null; trigger = committed.poll()) {
            drained.add(trigger);
        }
        return drained;
    }

    void reject(boolean rejecting) {
        this.rejecting = rejecting;
    }
}
