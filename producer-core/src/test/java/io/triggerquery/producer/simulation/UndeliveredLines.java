package io.triggerquery.producer.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Reads the log of undelivered triggers, as {@code triggerctl} does. */
final class UndeliveredLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Pattern LINE = Pattern.compile("\"destination\":\"([^\"]*)\",\"id\":\"([^\"]*)\"");
    private static final ThreadLocal<List<Key>> READ = new ThreadLocal<>();

    private final Logger logger = (Logger) LoggerFactory.getLogger(UndeliveredReport.LOGGER);

    /** Starts reading, on threads that {@linkplain #collect() collect}. */
    static UndeliveredLines read() {
        var lines = new UndeliveredLines();
        lines.setContext(lines.logger.getLoggerContext());
        lines.start();
        lines.logger.setLevel(Level.ERROR);
        lines.logger.addAppender(lines);
        return lines;
    }

    /** Starts collecting the lines that this thread writes. */
    static void collect() {
        READ.set(new ArrayList<>());
    }

    static void ignore() {
        READ.remove();
    }

    /** Returns the keys that this thread has written since the last call. */
    static List<Key> take() {
        List<Key> read = READ.get();
        READ.set(new ArrayList<>());
        return read;
    }

    @Override
    protected void append(ILoggingEvent event) {
        List<Key> read = READ.get();
        if (read != null) {
            Matcher line = LINE.matcher(event.getFormattedMessage());
            if (line.find()) {
                read.add(new Key(line.group(1), line.group(2)));
            }
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
