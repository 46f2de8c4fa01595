package io.triggerquery.documentation.example.ids;

record Billing(String paymentId, boolean billed, long version) {}
