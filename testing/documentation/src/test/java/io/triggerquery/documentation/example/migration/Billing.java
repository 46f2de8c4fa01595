package io.triggerquery.documentation.example.migration;

record Billing(String paymentId, boolean billed, String billId, long version) {}
