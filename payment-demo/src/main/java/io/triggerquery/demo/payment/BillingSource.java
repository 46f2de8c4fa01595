package io.triggerquery.demo.payment;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import java.util.List;

/** Queries the billing service for the current state of payments. */
@Source(value = "billing", id = "paymentId", version = "version")
interface BillingSource {

    @RequestLine("GET /api/billings/{paymentId}")
    Billing byId(@Param("paymentId") String paymentId);

    @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<Billing> byIds(@Param("ids") List<String> paymentIds);
}
