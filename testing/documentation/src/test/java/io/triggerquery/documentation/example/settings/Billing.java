package io.triggerquery.documentation.example.settings;

record Billing(String paymentId, boolean billed, long version) {}
