package io.triggerquery.producer.relay;

/** How a destination is worked. */
public enum GateState {
    /** Whatever waits is sent at once. */
    OPEN,
    /** It can't be reached: one trigger is tried from time to time. */
    AWAY,
    /** It can be reached again: what has gathered is sent at a bounded rate. */
    DRAINING
}
