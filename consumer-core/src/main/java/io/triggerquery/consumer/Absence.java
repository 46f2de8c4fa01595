package io.triggerquery.consumer;

/**
 * How a source reports that it does not have an id, or no longer has it. Nothing else is projected as absent.
 *
 * <p>Only the answer to a query of a single id can report an absence. An id that is missing in an answer for several
 * ids is queried again alone: a misunderstood list must not delete anything.
 */
public enum Absence {

    /** Never: a 404 or an empty Optional is a failure like any other. */
    NEVER,

    /**
     * By a 404 with the header {@code Trigger-Query-Absent}, whose value is the version of the deletion or empty. A 404
     * without it, such as a gateway's, is a failure; so is an empty Optional, which has no header.
     */
    HEADER,

    /**
     * By any 404, and by an empty Optional. Without a version in the header {@code Trigger-Query-Absent} the absence is
     * accepted when the source reports it again after {@code absent-grace}, since a replica may lag behind a creation.
     */
    NOT_FOUND
}
