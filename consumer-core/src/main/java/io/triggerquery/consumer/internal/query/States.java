package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads ids and versions from a source's states.
 *
 * @param id the property with the id, or null if it is not named
 * @param version the property with the version, or null if states have none
 */
record States(@Nullable StateProperty id, @Nullable StateProperty version) {

    private static final Set<Class<?>> IDS = Set.of(String.class);
    private static final Set<Class<?>> VERSIONS = Set.of(long.class, Long.class, int.class, Integer.class);

    static States of(Class<?> state, String idName, String versionName) {
        return new States(
                idName.isEmpty() ? null : StateProperty.of(state, "id", idName, IDS),
                versionName.isEmpty() ? null : StateProperty.of(state, "version", versionName, VERSIONS));
    }

    Snapshot.Found<Object> found(String askedFor, Object state) throws Exception {
        return new Snapshot.Found<>(askedFor, state, version(state));
    }

    /** The id that a state says it is of, or null. */
    @Nullable
    String idOf(Object state) throws Exception {
        return id == null ? null : (String) id.of(state);
    }

    /** Whether a state has no version although states have one. */
    boolean lacksVersion(Snapshot.Found<Object> found) {
        return version != null && found.version().isEmpty();
    }

    /** What makes a state none of the id that was asked for, or null if nothing does. */
    @Nullable
    String objection(Snapshot.Found<Object> found) throws Exception {
        if (id != null) {
            String its = idOf(found.state());
            if (its == null) {
                return "a state that has no '" + id.name() + "'; it is an error perhaps";
            }
            if (!its.equals(found.id())) {
                return "a state that is of another id, " + its;
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
