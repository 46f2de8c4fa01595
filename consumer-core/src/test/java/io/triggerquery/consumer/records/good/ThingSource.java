package io.triggerquery.consumer.records.good;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import java.util.List;

@Source("things")
public interface ThingSource {

    @RequestLine("GET /api/things/{id}")
    Thing byId(@Param("id") String id);

    @RequestLine("GET /api/things?ids={ids}")
    List<Thing> byIds(@Param("ids") List<String> ids);
}
