package io.triggerquery.consumer;

/** How a source says that it has no such id, or no longer. Until it has said so, nothing is projected as absent. */
public enum Absence {

    /** It never does: a 404 is a failure like any other, and so is an id missing from an answer for several. */
    NEVER,

    /**
     * By a 404 that carries the header {@code Trigger-Query-Absent}, whose value is the version of the deletion or
     * empty. A 404 without it, a gateway's perhaps, is a failure. So is an id missing from an answer for several.
     */
    HEADER,

    /**
     * By any 404, and by leaving the id out of an answer for several. It is believed when it has been said again {@code
     * triggerquery.absent-grace} later, since a replica may lag behind a creation.
     */
    MISSING
}
