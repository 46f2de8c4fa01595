package io.triggerquery.consumer.records.placeholder;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;

@Source("things")
public interface PlacedSource {

    @RequestLine("GET /api/things/{id}")
    Placed byId(@Param("id") String id);
}
