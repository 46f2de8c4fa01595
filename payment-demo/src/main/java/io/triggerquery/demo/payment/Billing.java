package io.triggerquery.demo.payment;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The billing of a payment: what the billing service returns, and the row of the table that the search reads. */
@TriggerQueryListener(topics = Billing.LISTENER, source = BillingSource.class)
@TriggerQueryProjection(table = "payment_billing", appliedAtColumn = "applied_at")
record Billing(
        @Id String paymentId,
        boolean billed,
        @Nullable String billId,
        @Nullable Instant billedAt,
        BigDecimal amount,
        String currency,
        @Version long version) {

    /** The topic, which is also the id of the listener. */
    static final String LISTENER = "billing.billing-changed";
}
