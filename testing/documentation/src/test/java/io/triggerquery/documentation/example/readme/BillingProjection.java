package io.triggerquery.documentation.example.readme;

import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.stereotype.Component;

@Component
class BillingProjection {
    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        LocalCopy.BILLINGS.merge(billing.paymentId(), billing, (a, b) -> a.version() < b.version() ? b : a);
    }
}
