package io.triggerquery.consumer.internal.control;

import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit records of this instance: each operation that was requested here, or that this instance executed for
 * another. They are log lines of the logger {@value #LOGGER} at level info; the newest are kept in memory.
 *
 * <p>Threads: any. Bounds: {@value #MAX_KEPT} records in memory.
 */
public final class Audit {

    /** The name of the logger. */
    public static final String LOGGER = "io.triggerquery.audit";

    private static final int MAX_KEPT = 200;
    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final InstantSource clock;
    private final Deque<Entry> newest = new ArrayDeque<>();

    /**
     * An audit record.
     *
     * @param time when the operation ended, by this instance's clock
     * @param user the user, or {@code unknown} if the request was not authenticated
     * @param listener the id of the listener
     * @param operation the name of the operation
     * @param parameters what the request said besides
     * @param executed whether it was executed
     * @param result the answer to the request, or why it was refused
     */
    public record Entry(
            Instant time,
            String user,
            String listener,
            String operation,
            Map<String, String> parameters,
            boolean executed,
            String result) {}

    /** Creates an instance without records. */
    public Audit(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * An operation.
     *
     * @param parameters what the request says besides; they are shortened and kept as they are, so they hold no secrets
     */
    public record Request(String user, String listener, String operation, Map<String, String> parameters) {}

    /** Adds a record. */
    public void add(Request request, boolean executed, String result) {
        Map<String, String> parameters = new TreeMap<>();
        request.parameters().forEach((name, value) -> parameters.put(name, OneLine.of(value)));
        var entry = new Entry(
                clock.instant(),
                OneLine.of(request.user()),
                OneLine.of(request.listener()),
                OneLine.of(request.operation()),
                parameters,
                executed,
                OneLine.of(result));
        log.atInfo()
                .setMessage("{} {} {} of {} {}: {}")
                .addArgument(entry.user())
                .addArgument(executed ? "executed" : "was refused")
                .addArgument(entry.operation())
                .addArgument(entry.listener())
                .addArgument(entry.parameters())
                .addArgument(entry.result())
                .addKeyValue("user", entry.user())
                .addKeyValue("listener", entry.listener())
                .addKeyValue("operation", entry.operation())
                .addKeyValue("parameters", entry.parameters())
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

    /** Returns the newest records of a listener, newest first. */
    public List<Entry> of(String listener) {
        synchronized (newest) {
            return newest.stream()
                    .filter(entry -> entry.listener().equals(listener))
                    .toList();
        }
    }
}
