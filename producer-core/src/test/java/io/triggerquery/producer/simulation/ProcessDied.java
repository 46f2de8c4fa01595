package io.triggerquery.producer.simulation;

/** Thrown into what a process was doing when it died: nothing that it does from then on has an effect. */
final class ProcessDied extends Error {

    private static final long serialVersionUID = 1;

    ProcessDied() {
        super("the process died", null, false, false);
    }
}
