package io.triggerquery.documentation.example.projections.deleted;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import java.util.List;

@Source(value = "billing", absence = Absence.NOT_FOUND)
interface BillingSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);

    @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<Billing> byIds(@Param("ids") List<String> ids);
}
