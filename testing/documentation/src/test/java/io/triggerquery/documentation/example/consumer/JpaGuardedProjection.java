package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.projection.ProjectionGuard;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.springframework.transaction.annotation.Transactional;

class JpaGuardedProjection {

    private final ProjectionGuard guard;

    @PersistenceContext
    private EntityManager entities;

    JpaGuardedProjection(ProjectionGuard guard) {
        this.guard = guard;
    }

    @Transactional
    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    public void project(Billing billing) {
        if (guard.admit("billing", billing.paymentId(), billing.version())) {
            entities.merge(new BillingNote(billing.paymentId(), billing.billId()));
        }
    }
}
