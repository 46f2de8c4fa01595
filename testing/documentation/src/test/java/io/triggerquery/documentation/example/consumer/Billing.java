package io.triggerquery.documentation.example.consumer;

record Billing(String paymentId, boolean billed, String billId, long version) {}
