package io.triggerquery.ctl.source;

/** How a trigger waits. */
public enum State {
    /** For its turn. */
    WAITING,
    /** For an operator, because Kafka refused it. */
    PARKED,
    /** For nobody: it was given up and written to a log. */
    UNDELIVERED
}
