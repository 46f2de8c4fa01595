package com.example.payments;

record Billing(String paymentId, boolean billed, long version) {}
