package io.triggerquery.documentation.example.ids;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

@Source(value = "billing", id = "paymentId", version = "version")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);
}
