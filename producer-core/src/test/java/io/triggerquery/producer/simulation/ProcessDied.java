package io.triggerquery.producer.simulation;

/** Ends the calls of a process that has died, so that they have no further effect. */
final class ProcessDied extends Error {

    private static final long serialVersionUID = 1;

    ProcessDied() {
        super("the process died", null, false, false);
    }
}
