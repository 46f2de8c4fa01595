package io.triggerquery.bench.table;

import io.triggerquery.consumer.Column;
import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import org.jspecify.annotations.Nullable;

/** The source's state of a payment, and the row of the table. */
@TriggerQueryListener(topics = "${topic}", source = BillingCopySource.class)
@TriggerQueryProjection(table = "billing_copy")
public record BillingCopy(
        @Id @Column("id") String paymentId,
        boolean billed,
        @Nullable String billId,
        @Version long version) {}
