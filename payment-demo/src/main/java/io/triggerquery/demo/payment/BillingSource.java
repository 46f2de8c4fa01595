package io.triggerquery.demo.payment;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

/** The billing service, asked for the current state of one payment. */
@Source("billing")
interface BillingSource {

    @RequestLine("GET /api/billings/{paymentId}")
    Billing byId(@Param("paymentId") String paymentId);
}
