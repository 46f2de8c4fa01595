package io.triggerquery.bench.peer;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

/** A client of the source for queries of one id. */
@Source("billing")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);
}
