package io.triggerquery.consumer.internal.resync;

import java.util.OptionalLong;

/** The listener that a resync sends its requests to. */
interface ResyncTarget {

    /** Returns whether this instance runs the resync of the listener. */
    boolean isOwner();

    /**
     * Requests that an id is queried and projected.
     *
     * @param version the minimum version that the answer must have, if it is known
     * @param urgent whether the id has the priority of live triggers, or a lower one
     */
    void refresh(String id, OptionalLong version, boolean urgent);

    /** Returns the number of requested ids that are not done. */
    int open();
}
