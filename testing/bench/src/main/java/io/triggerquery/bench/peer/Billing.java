package io.triggerquery.bench.peer;

import org.jspecify.annotations.Nullable;

/** What the source says of a payment. */
record Billing(String paymentId, boolean billed, @Nullable String billId, long version) {}
