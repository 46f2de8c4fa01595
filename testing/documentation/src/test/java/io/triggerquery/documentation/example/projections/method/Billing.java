package io.triggerquery.documentation.example.projections.method;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;

@TriggerQueryProjection(table = "billing_view")
record Billing(
        @Id String paymentId,
        boolean billed,
        String billId,
        @Version long version) {}
