package io.triggerquery.demo.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The billing of a payment that the billing service returns. */
record Billing(
        String paymentId,
        boolean billed,
        @Nullable String billId,
        @Nullable Instant billedAt,
        BigDecimal amount,
        String currency,
        long version) {}
