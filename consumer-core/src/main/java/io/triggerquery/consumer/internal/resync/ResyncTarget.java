package io.triggerquery.consumer.internal.resync;

import java.util.OptionalLong;

/** The listener that a resync sends its requests to. */
interface ResyncTarget {

    /** Whether this instance is the one to run its resync. */
    boolean isOurs();

    /**
     * Has an id queried and projected.
     *
     * @param version the least version that the answer must have, if it is known
     * @param urgent whether it goes with the live triggers, or after them
     */
    void refresh(String id, OptionalLong version, boolean urgent);

    /** How many such ids are not done. */
    int open();
}
