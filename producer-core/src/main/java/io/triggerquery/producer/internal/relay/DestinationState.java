package io.triggerquery.producer.internal.relay;

/** The states of a destination. */
public enum DestinationState {
    /** Whatever waits is sent at once. */
    OPEN,
    /** It can't be reached: one trigger is tried from time to time. */
    AWAY,
    /** What has gathered is sent at a bounded rate. */
    DRAINING,
    /** Some of its triggers can't be sent, say those of one partition; the others are. */
    PARTLY_AWAY
}
