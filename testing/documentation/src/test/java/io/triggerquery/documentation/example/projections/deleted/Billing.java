package io.triggerquery.documentation.example.projections.deleted;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;

@TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
@TriggerQueryProjection(table = "billing_view", deletedColumn = "deleted", appliedAtColumn = "applied_at")
record Billing(
        @Id String paymentId,
        Boolean billed,
        String billId,
        @Version long version) {}
