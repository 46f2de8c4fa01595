package io.triggerquery.bench.peer;

import org.jspecify.annotations.Nullable;

/** The source's state of a payment. */
record Billing(String paymentId, boolean billed, @Nullable String billId, long version) {}
