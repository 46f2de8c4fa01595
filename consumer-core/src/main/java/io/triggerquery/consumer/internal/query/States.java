package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerIdRule;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads ids and versions from a source's states.
 *
 * @param id the property with the id, or null if none is declared
 * @param version the property with the version, or null if none is declared
 */
record States(@Nullable StateProperty id, @Nullable StateProperty version) {

    private static final Set<Class<?>> IDS =
            Set.of(String.class, UUID.class, long.class, Long.class, int.class, Integer.class);
    private static final Set<Class<?>> VERSIONS = Set.of(long.class, Long.class, int.class, Integer.class);

    /**
     * Finds the properties that a source names.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if the state has no such property
     */
    static States of(SourceDefinition source) {
        Class<?> state = source.stateClass();
        String idName = source.source().id();
        String versionName = source.source().version();
        return new States(
                idName.isEmpty() ? null : StateProperty.of(state, "id", idName, IDS),
                versionName.isEmpty() ? null : StateProperty.of(state, "version", versionName, VERSIONS));
    }

    Snapshot.Found<Object> found(String requestedId, Object state) throws Exception {
        return new Snapshot.Found<>(requestedId, state, version(state));
    }

    /** Returns the id that the state contains, or null. */
    @Nullable
    String idOf(Object state) throws Exception {
        Object value = id == null ? null : id.of(state);
        return value == null ? null : value.toString();
    }

    /** Returns whether the state lacks the version that the source declares. */
    boolean lacksVersion(Snapshot.Found<Object> found) {
        return version != null && found.version().isEmpty();
    }

    /** Returns why the state is not a valid state of the requested id, or null if it is valid. */
    @Nullable
    String invalidReason(Snapshot.Found<Object> found) throws Exception {
        if (id != null) {
            String stateId = idOf(found.state());
            if (stateId == null) {
                return "a state that has no '" + id.name() + "'; it may be an error answer";
            }
            if (!stateId.equals(found.id())) {
                return "a state of another id, " + TriggerIdRule.escaped(stateId);
            }
        }
        return version != null && lacksVersion(found)
                ? "a state that has no '" + version.name() + "', which @Source names as its version"
                : null;
    }

    private OptionalLong version(Object state) throws Exception {
        Object number = version == null ? null : version.of(state);
        return number == null ? OptionalLong.empty() : OptionalLong.of(((Number) number).longValue());
    }
}
