package io.triggerquery.faultinjection.child;

/** The phase of the transaction in which a service publishes its changes. */
public enum Phase {
    /** With the change. */
    METHOD,
    /** Before the commit. */
    BEFORE_COMMIT,
    /** After the commit has returned; no trigger is published before that. */
    AFTER_COMMIT
}
