package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs alarms to the logger {@value #LOGGER}, one line each, at level error, or info if a failure has ended. The key
 * {@code alarm} has the kind of the alarm.
 *
 * <p>Threads: any.
 */
public final class LogAlarm implements AlarmHook {

    /** The name of the logger. */
    public static final String LOGGER = "triggerquery.alarm";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    @Override
    public void raise(Alarm alarm) {
        log.atLevel(alarm.isAllClear() ? Level.INFO : Level.ERROR)
                .addKeyValue("alarm", alarm.kind())
                .log("{}", alarm.text());
    }
}
