package io.triggerquery.producer;

/**
 * Receives alarms.
 *
 * <p>Threads: any, among them the relay's, so it must not block. Errors: an exception is logged.
 */
@FunctionalInterface
public interface AlarmHook {

    /** Receives an alarm. */
    void raise(Alarm alarm);
}
