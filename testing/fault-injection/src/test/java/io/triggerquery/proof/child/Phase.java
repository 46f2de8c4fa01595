package io.triggerquery.proof.child;

/** Where in its transaction a service publishes what it has changed. */
public enum Phase {
    /** At once. */
    METHOD,
    /** When the commit is asked for. */
    BEFORE_COMMIT,
    /** When it has returned: until then nobody was asked to send anything. */
    AFTER_COMMIT
}
