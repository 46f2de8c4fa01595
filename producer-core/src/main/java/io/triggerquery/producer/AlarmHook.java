package io.triggerquery.producer;

/**
 * Receives alarms.
 *
 * <p>Threads: any, including that of the relay loop, so it must return at once. Failure: an exception is logged.
 */
@FunctionalInterface
public interface AlarmHook {

    /** Receives an alarm. */
    void raise(Alarm alarm);
}
