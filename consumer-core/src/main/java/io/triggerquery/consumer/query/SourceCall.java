package io.triggerquery.consumer.query;

import io.triggerquery.consumer.Snapshot;
import java.util.List;
import java.util.Map;

/** One call of a source. */
@FunctionalInterface
interface SourceCall {

    /** Calls the source once and returns what it said, by id. */
    Map<String, Snapshot<Object>> call(List<String> ids) throws Exception;
}
