package io.triggerquery.consumer;

import java.util.Collection;
import java.util.Map;

/**
 * Returns the versions that a listener's projection holds, so that a resync triggers only what differs. Without a bean
 * of this type for a listener, its resync asks for every id that is listed.
 *
 * <p>Threads: called by one thread at a time, its own. Failure: one that throws is asked again later, in growing
 * intervals.
 */
public interface ProjectedVersions {

    /** The id of the listener whose projection this reads; by default a listener's id is its topic. */
    String listener();

    /**
     * The versions that the projection holds of these ids.
     *
     * @param ids those of one page of the {@link ResyncSource}
     * @return by id; an id that the projection does not have is missing. A tombstone counts with its version
     * @throws Exception if they cannot be read now
     */
    Map<String, Long> versions(Collection<String> ids) throws Exception;

    /**
     * One that is a function, for example {@code ProjectedVersions.of("billing.billing-changed", ids ->
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

    /** Looks versions up; as {@link ProjectedVersions#versions}. */
    @FunctionalInterface
    interface Lookup {

        /** The versions by id. */
        Map<String, Long> versions(Collection<String> ids) throws Exception;
    }
}
