package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.failure.Causes;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls a source's client and reads its answers. An id that the answer leaves out is missing from the result; so is
 * one of whose states it cannot be said which is the current one.
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
                return Map.of(id, the(states.found(id, some(state, id))));
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

    private Snapshot<Object> the(Snapshot.Found<Object> found) throws Exception {
        String objection = states.objection(found);
        if (objection != null) {
            throw new MissingStateException(methods.sourceName(), found.id(), objection);
        }
        return found;
    }

    private Map<String, Snapshot<Object>> byIds(List<String> ids, @Nullable Object answer) {
        Map<String, Snapshot<Object>> snapshots = new HashMap<>(2 * ids.size());
        Set<String> unclear = new HashSet<>();
        try {
            for (Object state : (Collection<?>) some(answer, ids.size() + " ids")) {
                String id = state == null ? null : states.idOf(state);
                if (id != null) {
                    add(states.found(id, Objects.requireNonNull(state)), snapshots, unclear);
                }
            }
        } catch (Exception unreadable) {
            throw new CompletionException(unreadable);
        }
        snapshots.keySet().removeAll(unclear);
        return snapshots;
    }

    /** Of several states of one id the newest counts; if none is, the answer says nothing of that id. */
    private void add(Snapshot.Found<Object> found, Map<String, Snapshot<Object>> snapshots, Set<String> unclear) {
        if (states.lacksVersion(found)) {
            return;
        }
        String id = found.id();
        Snapshot<Object> other = snapshots.putIfAbsent(id, found);
        if (other == null || other.equals(found)) {
            return;
        }
        OptionalLong version = found.version();
        if (version.isEmpty() || version.equals(other.version())) {
            unclear.add(id);
        } else if (version.getAsLong() > other.version().orElseThrow()) {
            snapshots.put(id, found);
            unclear.remove(id);
        }
    }

    private Object some(@Nullable Object answer, String askedFor) {
        if (answer == null) {
            throw new MissingStateException(methods.sourceName(), askedFor, "an empty body");
        }
        return answer;
    }
}
