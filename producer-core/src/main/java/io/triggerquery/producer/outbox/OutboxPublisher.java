package io.triggerquery.producer.outbox;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerIdRule;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.sending.Destinations;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
public final class OutboxPublisher implements TriggerPublisher {

    private static final Logger log = LoggerFactory.getLogger(OutboxPublisher.class);

    private final OutboxTable table;
    private final Destinations destinations;
    private final CommitWakeUp wakeUp;

    /**
     * Makes a publisher.
     *
     * @param wakeUp called when rows may have been committed; it must not block
     */
    public OutboxPublisher(OutboxTable table, Destinations destinations, Runnable wakeUp) {
        this.table = table;
        this.destinations = destinations;
        this.wakeUp = new CommitWakeUp(wakeUp);
    }

    @Override
    public Receipt publish(String destination, String id) {
        Optional<String> objection = objection(destination, id);
        if (objection.isPresent()) {
            log.error("Trigger {} for {} is rejected: {}", LogSafe.of(id), LogSafe.of(destination), objection.get());
            return new Receipt.Rejected(objection.get());
        }
        table.insert(destination, id);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            wakeUp.afterThisTransaction();
            return new Receipt.InTransaction();
        }
        wakeUp.now();
        return new Receipt.Stored();
    }

    private Optional<String> objection(String destination, String id) {
        if (destinations.topic(destination).isEmpty()) {
            return Optional.of("the destination has no topic: set " + Destinations.property(LogSafe.of(destination)));
        }
        return TriggerIdRule.violation(id);
    }
}
