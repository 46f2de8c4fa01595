package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.id.IdConversion;
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
 * Calls a source's client and reads its answers. An id that the answer leaves out is missing from the result. So is an
 * id with several states of which none can be identified as the current one.
 *
 * <p>Threads: any.
 */
final class SourceClient implements SourceCall {

    private final SourceApi api;
    private final SourceMethods methods;
    private final States states;
    private final Failures failures;
    private final IdConversion idConversion;
    private final IdConversion idsConversion;

    SourceClient(SourceApi api, SourceMethods methods, Failures failures) {
        this.api = api;
        this.methods = methods;
        this.states = methods.states();
        this.failures = failures;
        this.idConversion = methods.idConversion();
        this.idsConversion = methods.idsConversion();
    }

    @Override
    public CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids) {
        Method byIds = methods.byIds();
        if (ids.size() == 1 || byIds == null) {
            String id = ids.get(0);
            return api.call(methods.byId(), idConversion.convert(id))
                    .handle((state, failure) -> byId(id, state, failure));
        }
        return api.call(byIds, idsConversion.convertAll(ids)).thenApply(answer -> byIds(ids, answer));
    }

    private Map<String, Snapshot<Object>> byId(String id, @Nullable Object state, @Nullable Throwable failure) {
        Throwable cause = failure;
        if (cause == null) {
            try {
                return Map.of(id, validated(states.found(id, requireAnswer(state, id))));
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

    private Snapshot<Object> validated(Snapshot.Found<Object> found) throws Exception {
        String reason = states.invalidReason(found);
        if (reason != null) {
            throw new MissingStateException(methods.sourceName(), found.id(), reason);
        }
        return found;
    }

    private Map<String, Snapshot<Object>> byIds(List<String> ids, @Nullable Object answer) {
        Map<String, Snapshot<Object>> snapshots = new HashMap<>(2 * ids.size());
        Set<String> ambiguous = new HashSet<>();
        try {
            for (Object state : (Collection<?>) requireAnswer(answer, ids.size() + " ids")) {
                String id = state == null ? null : states.idOf(state);
                if (id != null) {
                    add(states.found(id, Objects.requireNonNull(state)), snapshots, ambiguous);
                }
            }
        } catch (Exception unreadable) {
            throw new CompletionException(unreadable);
        }
        snapshots.keySet().removeAll(ambiguous);
        return snapshots;
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

    private Object requireAnswer(@Nullable Object answer, String requested) {
        if (answer == null) {
            throw new MissingStateException(methods.sourceName(), requested, "an empty body");
        }
        return answer;
    }
}
