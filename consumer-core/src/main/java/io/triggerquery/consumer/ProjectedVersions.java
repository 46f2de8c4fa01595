package io.triggerquery.consumer;

import java.util.Collection;
import java.util.Map;

/**
 * Returns the versions that a listener's projection holds, so that a resync triggers only the ids that differ. Without
 * a bean of this type for a listener, its resync triggers every id that is listed.
 *
 * <p>Threads: called by the resync's thread, and by others when an operator looks at an id; one call at a time. Errors:
 * a call of the resync that throws is repeated later, at growing intervals; an operator sees the error.
 */
public interface ProjectedVersions {

    /** Returns the id of the listener whose projection this reads; by default a listener's id is its topic. */
    String listener();

    /**
     * Returns the versions that the projection holds of these ids.
     *
     * @param ids those of one page of the {@link ResyncSource}, or the one that an operator looks at
     * @return versions by id, without the ids that the projection does not have; a tombstone has the version of its
     *     deletion
     * @throws Exception if they cannot be read now
     */
    Map<String, Long> versions(Collection<String> ids) throws Exception;

    /**
     * Creates an instance from a function, for example {@code ProjectedVersions.of("billing.billing-changed", ids ->
     * guard.versions("billing", ids))}.
     */
    static ProjectedVersions of(String listener, Lookup lookup) {
        return new ProjectedVersions() {

            @Override
            public String listener() {
                return listener;
            }

            @Override
            public Map<String, Long> versions(Collection<String> ids) throws Exception {
                return lookup.versions(ids);
            }
        };
    }

    /** Looks up versions, like {@link ProjectedVersions#versions}. */
    @FunctionalInterface
    interface Lookup {

        /** Returns the versions by id. */
        Map<String, Long> versions(Collection<String> ids) throws Exception;
    }
}
