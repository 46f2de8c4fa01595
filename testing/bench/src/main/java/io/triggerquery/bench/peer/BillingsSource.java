package io.triggerquery.bench.peer;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import java.util.List;

/** A client of the source for queries of one or many ids. */
@Source(value = "billing", id = "paymentId", version = "version")
interface BillingsSource {

    @RequestLine("GET /api/billings/{id}")
    Billing byId(@Param("id") String id);

    @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<Billing> byIds(@Param("ids") List<String> ids);
}
