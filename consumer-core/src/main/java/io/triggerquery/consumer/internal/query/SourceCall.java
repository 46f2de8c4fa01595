package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One call of a source. */
@FunctionalInterface
interface SourceCall {

    /**
     * Calls the source once. The stage completes with the snapshots by id; a failure completes the stage and is not
     * thrown.
     */
    CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids);
}
