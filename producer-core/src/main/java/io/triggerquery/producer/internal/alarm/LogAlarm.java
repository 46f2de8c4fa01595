package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.Alarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs alarms by the logger {@value #LOGGER}, one line each: an error, or an info when a problem has ended. The key
 * {@code alarm} says which it is.
 *
 * <p>Threads: any.
 */
public final class LogAlarm implements AlarmHook {

    /** The logger's name. */
    public static final String LOGGER = "triggerquery.alarm";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    @Override
    public void raise(Alarm alarm) {
        log.atLevel(alarm.isAllClear() ? Level.INFO : Level.ERROR)
                .addKeyValue("alarm", alarm.kind())
                .log("{}", alarm.text());
    }
}
