package io.triggerquery.consumer.query;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.failure.Causes;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls a source's client and reads its answers. An id that the answer leaves out is missing from the result.
 *
 * <p>Threads: any.
 */
final class SourceClient implements SourceCall {

    private final SourceApi api;
    private final SourceMethods methods;
    private final States states;
    private final Failures failures;

    SourceClient(SourceApi api, SourceMethods methods, Failures failures) {
        this.api = api;
        this.methods = methods;
        this.states = methods.states();
        this.failures = failures;
    }

    @Override
    public CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids) {
        Method byIds = methods.byIds();
        if (ids.size() == 1 || byIds == null) {
            String id = ids.get(0);
            return api.call(methods.byId(), id).handle((state, failure) -> byId(id, state, failure));
        }
        return api.call(byIds, ids).thenApply(answer -> byIds(ids, answer));
    }

    private Map<String, Snapshot<Object>> byId(String id, @Nullable Object state, @Nullable Throwable failure) {
        Throwable cause = failure;
        if (cause == null) {
            try {
                return Map.of(id, states.found(id, some(state, id)));
            } catch (Exception unreadable) {
                cause = unreadable;
            }
        }
        cause = Causes.of(cause);
        OptionalLong version = failures.absence(cause, methods.source().absence());
        if (version == null) {
            throw new CompletionException(cause);
        }
        return Map.of(id, new Snapshot.Absent<>(id, version));
    }

    private Map<String, Snapshot<Object>> byIds(List<String> ids, @Nullable Object answer) {
        Map<String, Snapshot<Object>> snapshots = new HashMap<>(2 * ids.size());
        try {
            for (Object state : (Collection<?>) some(answer, ids.size() + " ids")) {
                String id = state == null ? null : states.idOf(state);
                if (id != null) {
                    snapshots.put(id, states.found(id, Objects.requireNonNull(state)));
                }
            }
        } catch (Exception unreadable) {
            throw new CompletionException(unreadable);
        }
        return snapshots;
    }

    private Object some(@Nullable Object answer, String askedFor) {
        if (answer == null) {
            throw new NoStateException(methods.sourceName(), askedFor);
        }
        return answer;
    }
}
