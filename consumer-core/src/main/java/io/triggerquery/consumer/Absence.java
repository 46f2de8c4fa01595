package io.triggerquery.consumer;

/**
 * How a source says that it does not have an id, or no longer has it. Until it has said so, nothing is projected as
 * absent.
 *
 * <p>It says so only when it is asked for that id alone. An id that an answer for several leaves out is asked for again,
 * alone: a misunderstood list must not delete anything.
 */
public enum Absence {

    /** It never does: a 404 is a failure like any other. */
    NEVER,

    /**
     * By a 404 that carries the header {@code Trigger-Query-Absent}, whose value is the version of the deletion or
     * empty. A 404 without it, a gateway's perhaps, is a failure.
     */
    HEADER,

    /**
     * By any 404. Without a version in the header {@code Trigger-Query-Absent} it is believed when it has been said
     * again {@code triggerquery.absent-grace} later, since a replica may lag behind a creation.
     */
    NOT_FOUND
}
