package io.triggerquery.producer;

import java.util.List;

/**
 * Receives alarms.
 *
 * <p>Threads: any, among them the relay's, which waits for it: it must return at once. Failure: what it throws is logged.
 */
@FunctionalInterface
public interface AlarmHook {

    /** Passes an alarm on. */
    void raise(Alarm alarm);

    /** One hook that raises all of these, each of them also if another throws. */
    static AlarmHook all(List<AlarmHook> hooks) {
        return new CompositeAlarmHook(hooks);
    }
}
