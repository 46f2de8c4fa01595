package io.triggerquery.consumer.test;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

/** A minimal source. */
@Source("plain")
public interface PlainSource {

    @RequestLine("GET /api/things/{id}")
    Thing byId(@Param("id") String id);
}
