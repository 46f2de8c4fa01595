package com.example.payments;

import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class BillingProjection {

    private final Billings billings;

    BillingProjection(Billings billings) {
        this.billings = billings;
    }

    // the lock keeps another instance from writing between the comparison and the commit; of two first inserts
    // one fails, and its id is queried again
    @Transactional
    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(BillingState state) {
        Billing billing = billings.findByPaymentId(state.paymentId()).orElseGet(() -> new Billing(state.paymentId()));
        billing.apply(state);
        billings.save(billing);
    }
}
