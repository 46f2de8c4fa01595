package io.triggerquery.producer.internal.relay;

import java.time.Duration;

/**
 * Is notified of what a relay does.
 *
 * <p>Threads: the relay's, which waits for it. Failure: what it throws is logged and changes nothing.
 */
public interface RelayListener {

    /** Why a send failed. */
    enum Reason {
        /** The broker did not answer; it is tried again. */
        UNREACHABLE,
        /** An operator has to act; it is tried again, seldom. */
        BLOCKED,
        /** This trigger cannot be sent; it is parked. */
        REFUSED
    }

    /** Tells nobody. */
    RelayListener NONE = new RelayListener() {};

    /** So many triggers were delivered. */
    default void sent(String destination, int triggers) {}

    /** So many sends failed. */
    default void failed(String destination, Reason reason, int triggers) {}

    /** A destination has failed twice in a row, or needs an operator: told once, until it has recovered. */
    default void outage(String destination, String cause) {}

    /** A destination of which an outage was told takes triggers again. */
    default void recovered(String destination, Duration outage) {}

    /** So many triggers wait for an operator from now on. */
    default void parked(String destination, int triggers, String cause) {}

    /** A store has failed twice in a row, and nothing of it is sent: told once, until it has recovered. */
    default void storeFailed(String store, String cause) {}

    /** A store of which a failure was told works again. */
    default void storeRecovered(String store, Duration outage) {}

    /** So many triggers wait in a store for a destination that has no topic: told once, until none does. */
    default void stranded(String store, String destination, long triggers) {}
}
