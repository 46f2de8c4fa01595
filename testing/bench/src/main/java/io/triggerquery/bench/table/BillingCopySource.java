package io.triggerquery.bench.table;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import java.util.List;

/** A client of the source for queries of one or many ids. */
@Source(value = "billing", id = "paymentId", version = "version")
public interface BillingCopySource {

    @RequestLine("GET /api/billings/{id}")
    BillingCopy byId(@Param("id") String id);

    @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<BillingCopy> byIds(@Param("ids") List<String> ids);
}
