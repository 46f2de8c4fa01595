package io.triggerquery.producer.internal.report;

/**
 * Is notified of triggers that were given up and written to the log.
 *
 * <p>Threads: whichever gave them up, which waits for it. Failure: what it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface UndeliveredListener {

    /** Tells nobody. */
    UndeliveredListener NONE = (destination, triggers, reason) -> {};

    /** So many triggers of a destination were given up. */
    void undelivered(String destination, int triggers, String reason);
}
