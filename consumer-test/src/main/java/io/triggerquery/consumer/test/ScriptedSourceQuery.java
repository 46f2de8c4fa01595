package io.triggerquery.consumer.test;

import io.triggerquery.consumer.spi.SourceQuery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers a query by a script, instead of the application's bean.
 *
 * @param script the script
 */
record ScriptedSourceQuery(ScriptedSource script) implements SourceQuery<Object> {

    @Override
    public CompletionStage<Map<String, Object>> query(List<String> ids) {
        return CompletableFuture.completedFuture(
                ids.size() == 1 ? Map.of(ids.get(0), script.one(ids.get(0))) : script.many(ids));
    }
}
