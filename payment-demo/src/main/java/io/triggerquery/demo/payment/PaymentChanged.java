package io.triggerquery.demo.payment;

import io.triggerquery.producer.Receipt.Rejected;
import io.triggerquery.producer.TriggerPublisher;
import org.springframework.stereotype.Component;

/** Publishes that a payment has changed, inside the transaction that changes it. */
@Component
final class PaymentChanged {

    private static final String DESTINATION = "payment-changed";

    private final TriggerPublisher triggers;

    PaymentChanged(TriggerPublisher triggers) {
        this.triggers = triggers;
    }

    /** A change whose trigger is refused must not be committed: nobody would ever look at it. */
    void publish(String paymentId) {
        if (triggers.publish(DESTINATION, paymentId) instanceof Rejected rejected) {
            throw new IllegalStateException("trigger for " + paymentId + " rejected: " + rejected.reason());
        }
    }
}
