package com.example.payments;

record Billing(String paymentId, String billId, long version) {}
