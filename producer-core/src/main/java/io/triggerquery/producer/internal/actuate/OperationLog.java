package io.triggerquery.producer.internal.actuate;

import io.triggerquery.producer.internal.sending.LogSafe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit records of operations on triggers that have not been sent: log lines of the logger {@value #LOGGER} at
 * level info.
 */
final class OperationLog {

    static final String LOGGER = "io.triggerquery.audit";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private OperationLog() {}

    /**
     * A requested operation.
     *
     * @param user who requests it
     * @param id the id that it concerns, or null
     */
    record Request(
            String user,
            String strategy,
            String operation,
            String destination,
            @Nullable String id) {

        private String parameters() {
            String first = "{destination=" + LogSafe.of(destination);
            return id == null ? first + "}" : first + ", id=" + LogSafe.of(id) + "}";
        }
    }

    static void add(Request request, boolean executed, String result) {
        log.atInfo()
                .setMessage("{} {} {} of {} {}: {}")
                .addArgument(LogSafe.of(request.user()))
                .addArgument(executed ? "executed" : "was refused")
                .addArgument(LogSafe.of(request.operation()))
                .addArgument(LogSafe.of(request.strategy()))
                .addArgument(request.parameters())
                .addArgument(LogSafe.sentence(result))
                .addKeyValue("user", LogSafe.of(request.user()))
                .addKeyValue("strategy", LogSafe.of(request.strategy()))
                .addKeyValue("operation", LogSafe.of(request.operation()))
                .addKeyValue("parameters", request.parameters())
                .addKeyValue("executed", executed)
                .addKeyValue("result", LogSafe.sentence(result))
                .log();
    }
}
