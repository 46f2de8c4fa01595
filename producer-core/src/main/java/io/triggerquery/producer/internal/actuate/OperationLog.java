package io.triggerquery.producer.internal.actuate;

import io.triggerquery.producer.internal.sending.LogSafe;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit records of operations on triggers that have not been sent: log lines of the logger {@value #LOGGER} at
 * level info. The newest are kept in memory.
 *
 * <p>Threads: any. Bounds: {@value #MAX_KEPT} records in memory.
 */
public final class OperationLog {

    static final String LOGGER = "io.triggerquery.audit";

    private static final int MAX_KEPT = 200;
    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final InstantSource clock;
    private final Deque<Entry> newest = new ArrayDeque<>();

    /**
     * An audit record.
     *
     * @param time when the operation ended
     * @param request what was requested
     * @param executed whether it was executed
     * @param result what it did, or why it was refused
     */
    public record Entry(Instant time, Request request, boolean executed, String result) {}

    /**
     * A requested operation.
     *
     * @param user who requests it, or {@code unknown}
     * @param id the id that it concerns, or null
     */
    public record Request(
            String user,
            String strategy,
            String operation,
            String destination,
            @Nullable String id) {

        /** Makes the texts safe for a log line. */
        public Request {
            user = LogSafe.of(user);
            strategy = LogSafe.of(strategy);
            operation = LogSafe.of(operation);
            destination = LogSafe.of(destination);
            id = id == null ? null : LogSafe.of(id);
        }

        private String parameters() {
            return id == null
                    ? "{destination=" + destination + "}"
                    : "{destination=" + destination + ", id=" + id + "}";
        }
    }

    /** Creates an instance without records. */
    public OperationLog(InstantSource clock) {
        this.clock = clock;
    }

    void add(Request request, boolean executed, String result) {
        var entry = new Entry(clock.instant(), request, executed, LogSafe.sentence(result));
        log.atInfo()
                .setMessage("{} {} {} of {} {}: {}")
                .addArgument(request.user())
                .addArgument(executed ? "executed" : "was refused")
                .addArgument(request.operation())
                .addArgument(request.strategy())
                .addArgument(request.parameters())
                .addArgument(entry.result())
                .addKeyValue("user", request.user())
                .addKeyValue("strategy", request.strategy())
                .addKeyValue("operation", request.operation())
                .addKeyValue("parameters", request.parameters())
                .addKeyValue("executed", executed)
                .addKeyValue("result", entry.result())
                .log();
        synchronized (newest) {
            newest.addFirst(entry);
            if (newest.size() > MAX_KEPT) {
                newest.removeLast();
            }
        }
    }

    /** Returns the newest records of a strategy, newest first. */
    List<Entry> of(String strategy) {
        synchronized (newest) {
            return newest.stream()
                    .filter(entry -> entry.request().strategy().equals(strategy))
                    .toList();
        }
    }
}
