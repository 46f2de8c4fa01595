package com.example.payments;

import io.triggerquery.consumer.TriggerQueryListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

@Component
class BillingCopy {

    private final Map<String, Billing> billings = new ConcurrentHashMap<>();

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        billings.merge(billing.paymentId(), billing, (old, latest) -> latest.version() > old.version() ? latest : old);
    }

    Map<String, Billing> all() {
        return billings;
    }
}
