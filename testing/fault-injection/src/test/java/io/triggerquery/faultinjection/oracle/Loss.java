package io.triggerquery.faultinjection.oracle;

/**
 * An id whose newest version the consumer has not seen.
 *
 * @param copied the version of the consumer; 0 if none
 * @param version the version at the source
 */
record Loss(String id, long copied, long version, Reason reason) {

    /** The reasons in order of severity. A loss of several versions has the most severe of their reasons. */
    enum Reason {
        /**
         * Published after the commit or outside a transaction, and the process died before the caller had an answer, or
         * the trigger was rejected.
         */
        NOT_ACCEPTED,
        /** The trigger is in the log of undelivered triggers, from which a command sends it again. */
        REPORTED,
        /** The loss is in the window that the strategy admits. */
        ADMITTED,
        /** The loss is a defect. */
        UNEXPLAINED
    }
}
