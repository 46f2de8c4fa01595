package io.triggerquery.producer.internal.report;

/**
 * Is notified of triggers that were given up and written to the log.
 *
 * <p>Threads: the thread that gave them up, which waits for the call. Failure: an exception is logged and ignored.
 */
@FunctionalInterface
public interface UndeliveredListener {

    /** Does nothing. */
    UndeliveredListener NONE = (destination, triggers, reason) -> {};

    /** Called with the number of triggers of a destination that were given up. */
    void undelivered(String destination, int triggers, String reason);
}
