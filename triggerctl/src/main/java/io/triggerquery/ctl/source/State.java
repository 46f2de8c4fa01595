package io.triggerquery.ctl.source;

/** The state of a waiting trigger. */
public enum State {
    /** Waits to be sent. */
    WAITING,
    /** Waits for an operator, because Kafka refused it. */
    PARKED,
    /** Was given up and written to a log. */
    UNDELIVERED
}
