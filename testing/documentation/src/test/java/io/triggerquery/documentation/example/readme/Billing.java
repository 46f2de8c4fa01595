package io.triggerquery.documentation.example.readme;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;

@TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
@TriggerQueryProjection(table = "billing")
record Billing(
        @Id String paymentId,
        boolean billed,
        String billId,
        @Version long version) {}
