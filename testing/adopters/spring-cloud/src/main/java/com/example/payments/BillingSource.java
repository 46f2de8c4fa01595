package com.example.payments;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import java.util.Collection;
import java.util.List;

@Source(value = "billing", id = "paymentId", version = "version")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);

    @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<Billing> byIds(@Param("ids") Collection<String> ids);
}
