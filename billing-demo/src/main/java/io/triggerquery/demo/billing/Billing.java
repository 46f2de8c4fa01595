package io.triggerquery.demo.billing;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The billing of a payment: whether it is billed, and by which bill. The version increases with every change. */
record Billing(
        String paymentId,
        boolean billed,
        @Nullable String billId,
        @Nullable Instant billedAt,
        BigDecimal amount,
        String currency,
        long version) {}
