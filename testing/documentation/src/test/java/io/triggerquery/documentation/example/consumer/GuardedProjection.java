package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.projection.ProjectionGuard;
import org.springframework.transaction.annotation.Transactional;

record GuardedProjection(ProjectionGuard guard, Payments payments) {

    @Transactional
    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        if (guard.admit("billing", billing.paymentId(), billing.version())) {
            payments.update(billing);
        }
    }
}
