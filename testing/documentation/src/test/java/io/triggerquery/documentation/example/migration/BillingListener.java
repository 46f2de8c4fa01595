package io.triggerquery.documentation.example.migration;

import org.springframework.kafka.annotation.KafkaListener;

class BillingListener {

    private final BillingSource billing;
    private final BillingTable table;

    BillingListener(BillingSource billing, BillingTable table) {
        this.billing = billing;
        this.table = table;
    }

    @KafkaListener(topics = "billing.billing-changed", concurrency = "3")
    void changed(String paymentId) {
        table.store(billing.byId(paymentId));
    }
}
