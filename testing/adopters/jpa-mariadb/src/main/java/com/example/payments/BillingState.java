package com.example.payments;

record BillingState(String paymentId, String billId, long version) {}
