package io.triggerquery.documentation.example.readme;

record Billing(String paymentId, boolean billed, String billId, long version) {}
