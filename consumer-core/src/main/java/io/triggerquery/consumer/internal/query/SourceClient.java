package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.failure.Causes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls a source's client and reads its answers. An id that the answer leaves out is missing from the result. So is an
 * id with several states of which none can be identified as the current one.
 *
 * <p>Threads: any.
 */
final class SourceClient implements SourceCall {

    private final SourceApi api;
    private final SourceDefinition source;
    private final States states;
    private final Failures failures;

    SourceClient(SourceApi api, SourceDefinition source, Failures failures) {
        this.api = api;
        this.source = source;
        this.states = States.of(source);
        this.failures = failures;
    }

    @Override
    public CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids) {
        if (ids.size() == 1) {
            String id = ids.get(0);
            return api.one(id).handle((state, failure) -> byId(id, state, failure));
        }
        return api.many(ids).thenApply(answer -> byIds(ids, answer));
    }

    private Map<String, Snapshot<Object>> byId(String id, @Nullable Object state, @Nullable Throwable failure) {
        Throwable cause = failure;
        if (cause == null) {
            try {
                return Map.of(id, validated(states.found(id, requireState(state, id))));
            } catch (Exception unreadable) {
                cause = unreadable;
            }
        }
        cause = Causes.of(cause);
        OptionalLong version = failures.absence(cause, source.source().absence());
        if (version == null) {
            throw new CompletionException(cause);
        }
        return Map.of(id, new Snapshot.Absent<>(id, version));
    }

    private Snapshot<Object> validated(Snapshot.Found<Object> found) throws Exception {
        String reason = states.invalidReason(found);
        if (reason != null) {
            throw new MissingStateException(source.sourceName(), found.id(), reason);
        }
        return found;
    }

    private Map<String, Snapshot<Object>> byIds(List<String> ids, @Nullable Object answer) {
        Map<String, Snapshot<Object>> snapshots = new HashMap<>(2 * ids.size());
        Set<String> ambiguous = new HashSet<>();
        try {
            Object answered = requireAnswer(answer, ids.size() + " ids");
            if (answered instanceof Map<?, ?> byId) {
                for (Map.Entry<?, ?> state : byId.entrySet()) {
                    addNamed(String.valueOf(state.getKey()), state.getValue(), snapshots);
                }
            } else {
                for (Object state : (Collection<?>) answered) {
                    String id = state == null ? null : states.idOf(state);
                    if (id != null) {
                        add(states.found(id, Objects.requireNonNull(state)), snapshots, ambiguous);
                    }
                }
            }
        } catch (Exception unreadable) {
            throw new CompletionException(unreadable);
        }
        snapshots.keySet().removeAll(ambiguous);
        return snapshots;
    }

    /** Adds a state of a map, unless it is not a valid state of the id under which it is found. */
    private void addNamed(String id, @Nullable Object state, Map<String, Snapshot<Object>> snapshots) throws Exception {
        if (state == null) {
            return;
        }
        Snapshot.Found<Object> found = states.found(id, state);
        if (states.invalidReason(found) == null) {
            snapshots.put(id, found);
        }
    }

    /** Adds a state. Of several states of one id the newest counts; if there is no newest one, the id is ambiguous. */
    private void add(Snapshot.Found<Object> found, Map<String, Snapshot<Object>> snapshots, Set<String> ambiguous) {
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
            ambiguous.add(id);
        } else if (version.getAsLong() > other.version().orElseThrow()) {
            snapshots.put(id, found);
            ambiguous.remove(id);
        }
    }

    private Object requireState(@Nullable Object answer, String id) {
        if (answer instanceof Optional<?> optional && optional.isEmpty()) {
            throw MissingStateException.empty(source.sourceName(), id);
        }
        return requireAnswer(answer, id);
    }

    private Object requireAnswer(@Nullable Object answer, String requested) {
        if (answer == null) {
            throw new MissingStateException(source.sourceName(), requested, "an empty body");
        }
        return answer;
    }
}
