package io.triggerquery.documentation.example.ids;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

@Source(value = "invoices", id = "number")
interface InvoiceSource {

    @RequestLine("GET /api/invoices/{number}")
    Invoice byNumber(@Param("number") long number);
}
