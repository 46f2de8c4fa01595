package com.example.payments;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

@Source(value = "billing", version = "version")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    BillingState byId(@Param("id") String id);
}
