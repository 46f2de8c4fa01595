package io.triggerquery.documentation.example.migration;

import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;

/** Gives up after two attempts. */
class ImpatientBillingListener {

    private final BillingSource billing;
    private final BillingTable table;

    ImpatientBillingListener(BillingSource billing, BillingTable table) {
        this.billing = billing;
        this.table = table;
    }

    @RetryableTopic(attempts = "2", backOff = @BackOff(delay = 100))
    @KafkaListener(topics = "billing.billing-changed")
    void changed(String paymentId) {
        table.store(billing.byId(paymentId));
    }
}
