package io.triggerquery.producer.internal.relay;

/** The states of a destination. */
public enum DestinationState {
    /** Triggers are sent at once. */
    OPEN,
    /** The destination cannot be reached: one trigger is tried after each pause. */
    AWAY,
    /** The backlog is sent at a bounded rate. */
    DRAINING,
    /** Some of its triggers cannot be sent, such as those of one partition; the others are. */
    PARTLY_AWAY
}
