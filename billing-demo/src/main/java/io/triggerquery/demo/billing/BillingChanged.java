package io.triggerquery.demo.billing;

import io.triggerquery.producer.TriggerPublisher;
import java.util.List;
import org.springframework.stereotype.Component;

/** Publishes triggers for changed billings, in the transaction of the change. */
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

    void publish(String paymentId) {
        triggers.publish(DESTINATION, paymentId);
    }
}
