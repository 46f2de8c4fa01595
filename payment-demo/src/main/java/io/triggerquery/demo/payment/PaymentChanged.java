package io.triggerquery.demo.payment;

import io.triggerquery.producer.TriggerPublisher;
import org.springframework.stereotype.Component;

/** Publishes a trigger for a changed payment, in the transaction of the change. */
@Component
final class PaymentChanged {

    private static final String DESTINATION = "payment-changed";

    private final TriggerPublisher triggers;

    PaymentChanged(TriggerPublisher triggers) {
        this.triggers = triggers;
    }

    void publish(String paymentId) {
        triggers.publish(DESTINATION, paymentId);
    }
}
