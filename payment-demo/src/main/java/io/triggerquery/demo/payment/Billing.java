package io.triggerquery.demo.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The billing state of a payment as the billing service answers it. */
record Billing(
        String paymentId,
        boolean billed,
        @Nullable String billId,
        @Nullable Instant billedAt,
        BigDecimal amount,
        String currency,
        long version) {}
