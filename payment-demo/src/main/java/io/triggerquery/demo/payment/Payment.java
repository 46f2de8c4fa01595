package io.triggerquery.demo.payment;

import java.math.BigDecimal;
import java.time.Instant;

/** A payment. The version increases with every change. */
record Payment(String id, String payer, BigDecimal amount, String currency, Instant createdAt, long version) {}
