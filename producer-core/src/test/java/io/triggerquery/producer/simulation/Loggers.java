package io.triggerquery.producer.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import org.slf4j.LoggerFactory;

/** Silences the producer's loggers, because the simulation causes millions of failures. */
final class Loggers {

    private static final Logger PRODUCER = (Logger) LoggerFactory.getLogger("io.triggerquery.producer");
    private static final Logger UNDELIVERED = (Logger) LoggerFactory.getLogger(UndeliveredReport.LOGGER);

    private Loggers() {}

    static void silence() {
        PRODUCER.setLevel(Level.OFF);
        UNDELIVERED.setAdditive(false);
    }

    static void restore() {
        PRODUCER.setLevel(null);
        UNDELIVERED.setAdditive(true);
    }
}
