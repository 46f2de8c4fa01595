package io.triggerquery.demo.billing;

import java.math.BigDecimal;

/** The state of a payment that the payment service returns, without the fields that are not needed here. */
record Payment(String id, String payer, BigDecimal amount, String currency, long version) {}
