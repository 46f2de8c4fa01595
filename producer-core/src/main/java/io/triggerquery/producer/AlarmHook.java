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

    /** Returns a hook that passes each alarm to all of the given hooks, even if one of them throws. */
    static AlarmHook all(List<AlarmHook> hooks) {
        return new CompositeAlarmHook(hooks);
    }
}
