package io.triggerquery.consumer.internal.monitor;

/**
 * Is notified of what a monitor finds.
 *
 * <p>Threads: the monitor's thread. Failure: must not throw.
 */
public interface MonitorListener {

    /** A check has a result. */
    default void checked(Measure measure, Result result) {}

    /** A violation was found that was not reported with this cause before. */
    default void violated(Violation violation, Cause cause) {}

    /** An id was triggered, because of a violation. */
    default void repaired(String id) {}

    /** Most answers are absences: ids that the source does not have are not repaired. */
    default void absencesHeld() {}

    /** A side could not be read. */
    default void failed(Throwable cause) {}
}
