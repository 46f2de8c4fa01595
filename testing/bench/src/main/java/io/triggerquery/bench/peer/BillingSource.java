package io.triggerquery.bench.peer;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

/** The source, asked for one id at a time. */
@Source("billing")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);
}
