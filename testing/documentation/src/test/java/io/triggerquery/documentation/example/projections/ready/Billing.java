package io.triggerquery.documentation.example.projections.ready;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Json;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import java.util.List;

@TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
@TriggerQueryProjection(table = "billing_view")
record Billing(
        @Id String paymentId,
        boolean billed,
        String billId,
        @Json List<Line> lines,
        @Version long version) {}
