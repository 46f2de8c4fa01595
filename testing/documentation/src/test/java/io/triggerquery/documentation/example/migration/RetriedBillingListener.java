package io.triggerquery.documentation.example.migration;

import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;

class RetriedBillingListener {

    private final BillingSource billing;
    private final BillingTable table;

    RetriedBillingListener(BillingSource billing, BillingTable table) {
        this.billing = billing;
        this.table = table;
    }

    @RetryableTopic(attempts = "3", backOff = @BackOff(delay = 60_000, multiplier = 2, maxDelay = 600_000))
    @KafkaListener(topics = "billing.billing-changed")
    void changed(String paymentId) {
        table.store(billing.byId(paymentId));
    }

    @DltHandler
    void givenUp(String paymentId) {
        System.err.println(paymentId + " was given up");
    }
}
