package io.triggerquery.documentation.example.outbox;

import io.triggerquery.producer.TriggerPublisher;
import org.springframework.transaction.annotation.Transactional;

class Bills {

    private final Payments payments;
    private final TriggerPublisher triggers;

    Bills(Payments payments, TriggerPublisher triggers) {
        this.payments = payments;
        this.triggers = triggers;
    }

    @Transactional
    void bill(Payment payment) {
        payments.update(payment);
        triggers.publish("payment-changed", payment.id(), payment.version());
    }
}
