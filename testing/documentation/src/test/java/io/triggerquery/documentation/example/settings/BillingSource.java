package io.triggerquery.documentation.example.settings;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

@Source("billing")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);
}
