package io.triggerquery.documentation.example.projections.method;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import java.util.List;

@Source("billing")
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);

    @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<Billing> byIds(@Param("ids") List<String> ids);
}
