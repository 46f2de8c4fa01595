package io.triggerquery.producer.internal.relay;

import java.time.Duration;

/**
 * Is notified of what a relay does.
 *
 * <p>Threads: the relay's, which waits for the return. Failure: what it throws is logged and otherwise ignored.
 */
public interface RelayListener {

    /** The reason of a failed send. */
    enum Reason {
        /** The broker did not answer; it is tried again. */
        UNREACHABLE,
        /** An operator has to act; it is tried again every five minutes. */
        BLOCKED,
        /** This trigger cannot be sent; it is parked. */
        REFUSED
    }

    /** Does nothing. */
    RelayListener NONE = new RelayListener() {};

    /** Triggers were acknowledged. */
    default void sent(String destination, int triggers) {}

    /** Sends failed. */
    default void failed(String destination, Reason reason, int triggers) {}

    /** A destination has failed twice in a row, or needs an operator. Called once until it has recovered. */
    default void outage(String destination, String cause) {}

    /** A destination whose outage was reported accepts triggers again. */
    default void recovered(String destination, Duration outage) {}

    /** Triggers were parked and wait for an operator. */
    default void parked(String destination, int triggers, String cause) {}

    /** A store has failed twice in a row, and its triggers are not sent. Called once until it has recovered. */
    default void storeFailed(String store, String cause) {}

    /** A store whose failure was reported works again. */
    default void storeRecovered(String store, Duration outage) {}

    /**
     * Triggers wait in a store for a destination without a topic. Called once for each destination until none waits.
     */
    default void unconfiguredDestination(String store, String destination, long triggers) {}
}
