package io.triggerquery.documentation.example.producer;

import io.triggerquery.producer.PublishTrigger;
import org.springframework.transaction.annotation.Transactional;

class AnnotatedBills {

    private final Payments payments;

    AnnotatedBills(Payments payments) {
        this.payments = payments;
    }

    @Transactional
    @PublishTrigger(destination = "payment-changed", id = "#payment.id")
    void bill(Payment payment) {
        payments.update(payment);
    }
}
