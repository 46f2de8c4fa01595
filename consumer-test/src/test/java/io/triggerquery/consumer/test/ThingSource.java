package io.triggerquery.consumer.test;

import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import java.util.List;

/** A source with all optional features. */
@Source(value = "things", id = "id", version = "version", absence = Absence.HEADER)
public interface ThingSource {

    @RequestLine("GET /api/things/{id}")
    Thing byId(@Param("id") String id);

    @RequestLine(value = "GET /api/things?ids={ids}", collectionFormat = CollectionFormat.CSV)
    List<Thing> byIds(@Param("ids") List<String> ids);
}
