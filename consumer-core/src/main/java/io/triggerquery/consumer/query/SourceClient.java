package io.triggerquery.consumer.query;

import io.triggerquery.consumer.Snapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls a source's client and reads its answers. An id that the answer leaves out is missing from the result.
 *
 * <p>Threads: any.
 */
final class SourceClient implements SourceCall {

    private final Object client;
    private final SourceMethods methods;
    private final States states;
    private final Failures failures;

    SourceClient(Object client, SourceMethods methods, Failures failures) {
        this.client = client;
        this.methods = methods;
        this.states = methods.states();
        this.failures = failures;
    }

    @Override
    public Map<String, Snapshot<Object>> call(List<String> ids) throws Exception {
        Method byIds = methods.byIds();
        return ids.size() == 1 || byIds == null ? byId(ids.get(0)) : byIds(byIds, ids);
    }

    private Map<String, Snapshot<Object>> byId(String id) throws Exception {
        try {
            Object state = invoke(methods.byId(), id);
            if (state == null) {
                throw new NoStateException(methods.sourceName(), id);
            }
            return Map.of(id, states.found(id, state));
        } catch (Exception failure) {
            OptionalLong version = failures.absence(failure, methods.source().absence());
            if (version == null) {
                throw failure;
            }
            return Map.of(id, new Snapshot.Absent<>(id, version));
        }
    }

    private Map<String, Snapshot<Object>> byIds(Method method, List<String> ids) throws Exception {
        Object answer = invoke(method, ids);
        if (answer == null) {
            throw new NoStateException(methods.sourceName(), ids.size() + " ids");
        }
        Map<String, Snapshot<Object>> snapshots = new HashMap<>();
        for (Object state : (Collection<?>) answer) {
            String id = state == null ? null : states.idOf(state);
            if (id != null) {
                snapshots.put(id, states.found(id, Objects.requireNonNull(state)));
            }
        }
        return snapshots;
    }

    private @Nullable Object invoke(Method method, Object argument) throws Exception {
        try {
            return method.invoke(client, argument);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
