package io.triggerquery.faultinjection.child;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Publishes in a phase of the current transaction. */
class Publishing {

    private record BeforeCommit(Runnable work) {}

    private record AfterCommit(Runnable work) {}

    private final TriggerPublisher publisher;
    private final ApplicationEventPublisher events;
    private final String destination;
    private final Phase phase;

    Publishing(
            TriggerPublisher publisher,
            ApplicationEventPublisher events,
            @Value("${" + Child.DESTINATION + "}") String destination,
            @Value("${" + Child.PHASE + ":METHOD}") Phase phase) {
        this.publisher = publisher;
        this.events = events;
        this.destination = destination;
        this.phase = phase;
    }

    /** Returns whether a change and its trigger are in the same transaction. */
    boolean isPartOfTransaction() {
        return phase != Phase.AFTER_COMMIT;
    }

    /** Runs the work in its phase. */
    void inPhase(Runnable work) {
        switch (phase) {
            case METHOD -> work.run();
            case BEFORE_COMMIT -> events.publishEvent(new BeforeCommit(work));
            case AFTER_COMMIT -> events.publishEvent(new AfterCommit(work));
        }
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void on(BeforeCommit event) {
        event.work().run();
    }

    @TransactionalEventListener
    void on(AfterCommit event) {
        event.work().run();
    }

    /** Publishes a trigger now, and returns whether it is accepted. */
    boolean publish(String id) {
        return !(publisher.tryPublish(destination, id) instanceof Receipt.Rejected);
    }
}
