package io.triggerquery.demo.billing;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

/** Queries the payment service for the current state of a payment. */
@Source("payment")
interface PaymentSource {

    @RequestLine("GET /api/payments/{id}")
    Payment byId(@Param("id") String id);
}
