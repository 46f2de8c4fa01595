package io.triggerquery.demo.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment with its projected billing and the time of the projection.
 *
 * @param billingVersion the version of the projected billing; null if there is none yet
 * @param appliedAt the time of the projection
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
