package io.triggerquery.demo.billing;

import java.math.BigDecimal;

/** The state of a payment as the payment service answers it; fields not needed here are left out. */
record Payment(String id, String payer, BigDecimal amount, String currency, long version) {}
