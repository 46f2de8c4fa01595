package io.triggerquery.demo.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment with what is known of its billing, and since when.
 *
 * @param billingVersion the version of the billing state shown; none if billing has said nothing yet
 * @param appliedAt when that state was projected
 */
record PaymentRow(
        String id,
        String payer,
        BigDecimal amount,
        String currency,
        Instant createdAt,
        long version,
        boolean billed,
        @Nullable String billId,
        @Nullable Instant billedAt,
        @Nullable Long billingVersion,
        @Nullable Instant appliedAt) {}
