package io.triggerquery.consumer.query;

import io.triggerquery.consumer.Snapshot;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be read off a source's states.
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

    Snapshot<Object> found(String askedFor, Object state) throws Exception {
        return new Snapshot.Found<>(askedFor, state, version(state));
    }

    /** The id that a state says it is of, or null. */
    @Nullable
    String idOf(Object state) throws Exception {
        return id == null ? null : (String) id.of(state);
    }

    private OptionalLong version(Object state) throws Exception {
        Object number = version == null ? null : version.of(state);
        return number == null ? OptionalLong.empty() : OptionalLong.of(((Number) number).longValue());
    }
}
