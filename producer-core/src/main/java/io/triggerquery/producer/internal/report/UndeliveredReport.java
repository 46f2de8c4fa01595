package io.triggerquery.producer.internal.report;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs triggers that were given up: one line of JSON for each, as an error of the logger {@value #LOGGER}.
 *
 * <pre>{@code
 * {"event":"trigger-undelivered","destination":"payment-changed","id":"p-17","version":7,
 *  "since":"2026-07-01T10:00:00Z","reason":"not taken by Kafka within PT8.7S"}
 * }</pre>
 *
 * <p>on one line and in printable ASCII; {@code version} is left out if it is not known. If the logger is turned off,
 * the triggers are lost.
 *
 * <p>Threads: any. Bounds: a reason is cut after 500 characters. Failure: does not throw.
 */
public final class UndeliveredReport {

    /** The name of the logger. */
    public static final String LOGGER = "triggerquery.undelivered";

    /** The value of the field {@code event}, which identifies the lines. */
    public static final String EVENT = "trigger-undelivered";

    private static final Logger lines = LoggerFactory.getLogger(LOGGER);
    private static final Logger log = LoggerFactory.getLogger(UndeliveredReport.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final InstantSource clock;
    private final List<UndeliveredListener> listeners;

    /**
     * Creates a report.
     *
     * @param clock the clock for the field {@code since} of triggers that were not accepted
     * @param listeners notified after the lines are written
     */
    public UndeliveredReport(InstantSource clock, List<UndeliveredListener> listeners) {
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    /** Reports a trigger that waited. */
    public void report(WaitingTrigger waiting, String reason) {
        report(List.of(waiting), reason);
    }

    /** Reports triggers that were not accepted. */
    public void rejected(List<OutgoingTrigger> triggers, String reason) {
        report(
                triggers.stream()
                        .map(trigger -> new WaitingTrigger(trigger, clock.instant(), 0, null))
                        .toList(),
                reason);
    }

    /** Reports triggers that waited, and notifies the listeners once for each destination. */
    public void report(List<WaitingTrigger> waiting, String reason) {
        waiting.forEach(one -> lines.error(JSON.writeValueAsString(ReportLine.of(one, reason))));
        Map<String, Long> byDestination = waiting.stream()
                .collect(Collectors.groupingBy(one -> one.trigger().destination(), Collectors.counting()));
        byDestination.forEach(
                (destination, triggers) -> notifyListeners(destination, Math.toIntExact(triggers), reason));
    }

    private void notifyListeners(String destination, int triggers, String reason) {
        for (UndeliveredListener listener : listeners) {
            try {
                listener.undelivered(destination, triggers, LogSafe.sentence(reason));
            } catch (RuntimeException e) {
                log.warn("A listener of undelivered triggers failed", e);
            }
        }
    }
}
