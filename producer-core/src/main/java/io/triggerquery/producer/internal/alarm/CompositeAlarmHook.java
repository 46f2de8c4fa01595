package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes alarms to several hooks, even if one throws. */
public final class CompositeAlarmHook implements AlarmHook {

    private static final Logger log = LoggerFactory.getLogger(CompositeAlarmHook.class);

    private final List<AlarmHook> hooks;

    /** Creates a hook that passes alarms to all of these. */
    public CompositeAlarmHook(List<AlarmHook> hooks) {
        this.hooks = List.copyOf(hooks);
    }

    @Override
    public void raise(Alarm alarm) {
        for (AlarmHook hook : hooks) {
            try {
                hook.raise(alarm);
            } catch (RuntimeException e) {
                log.error("{} failed to raise the alarm: {}", hook.getClass().getName(), alarm.text(), e);
            }
        }
    }
}
