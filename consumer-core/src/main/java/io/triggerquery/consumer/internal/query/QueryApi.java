package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.spi.SourceQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks by a query of the application.
 *
 * @param query the application's bean
 * @param deadline ends calls that take too long
 */
record QueryApi(SourceQuery<?> query, CallDeadline deadline) implements SourceApi {

    @Override
    public boolean takesMany() {
        return query.takesMany();
    }

    @Override
    public CompletionStage<@Nullable Object> one(String id) {
        return many(List.of(id)).thenApply(answer -> {
            if (!(answer instanceof Map<?, ?> states)) {
                return null;
            }
            if (!states.containsKey(id)) {
                return Optional.empty();
            }
            Object state = states.get(id);
            if (state == null) {
                throw MissingStateException.nullState(deadline.sourceName(), id);
            }
            return state;
        });
    }

    @Override
    public CompletionStage<@Nullable Object> many(List<String> ids) {
        return deadline.run(() -> query.query(ids));
    }
}
