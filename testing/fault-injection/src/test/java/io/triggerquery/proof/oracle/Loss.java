package io.triggerquery.proof.oracle;

/**
 * An id whose newest version the consumer has not seen.
 *
 * @param copied the version that the consumer has; 0 if none
 * @param version the version at the source
 */
record Loss(String id, long copied, long version, Why why) {

    /** From the harmless to the defect: of several versions' reasons, the last one is the loss's. */
    enum Why {
        /**
         * Published after the commit or outside a transaction, and the caller had no answer when its process died, or was
         * told that the trigger is rejected.
         */
        NOT_ACCEPTED,
        /** It is in the log of undelivered triggers, from which a command sends it again. */
        REPORTED,
        /** In the window that the strategy admits. */
        ADMITTED,
        /** A defect. */
        UNEXPLAINED
    }
}
