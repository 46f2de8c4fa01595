package io.triggerquery.documentation.example.readme;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

@Source("billing")
interface BillingSource {
    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);
}
