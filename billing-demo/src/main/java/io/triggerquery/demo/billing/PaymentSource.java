package io.triggerquery.demo.billing;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

/** The payment service, asked for the current state of one payment. */
@Source("payment")
interface PaymentSource {

    @RequestLine("GET /api/payments/{id}")
    Payment byId(@Param("id") String id);
}
