package io.triggerquery.demo.billing;

import io.triggerquery.producer.Receipt.Rejected;
import io.triggerquery.producer.TriggerPublisher;
import java.util.List;
import org.springframework.stereotype.Component;

/** Publishes that the billing of payments has changed, inside the transaction that changes it. */
@Component
final class BillingChanged {

    private static final String DESTINATION = "billing-changed";

    private final TriggerPublisher triggers;

    BillingChanged(TriggerPublisher triggers) {
        this.triggers = triggers;
    }

    void publish(List<String> paymentIds) {
        paymentIds.forEach(this::publish);
    }

    /** A change whose trigger is refused must not be committed: nobody would ever look at it. */
    void publish(String paymentId) {
        if (triggers.publish(DESTINATION, paymentId) instanceof Rejected rejected) {
            throw new IllegalStateException("trigger for " + paymentId + " rejected: " + rejected.reason());
        }
    }
}
