package io.triggerquery.ctl.source;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The line of an undelivered trigger: a JSON object anywhere in a line of a log, also as a string in another object, as
 * in structured logs.
 */
public final class ReportedLine {

    private static final String EVENT = UndeliveredReport.EVENT;
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int MAX_BRACES = 50;
    private static final JsonMapper JSON = JsonMapper.builder()
            // a log layout may append text to the message
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReportedLine() {}

    /**
     * Parses a line.
     *
     * @return empty if the line reports no trigger
     * @throws IllegalArgumentException if the line seems to report a trigger but cannot be parsed; the message has the
     *     reason
     */
    public static Optional<Entry> parse(String line) {
        // with the closing quote, escaped or not, so that text about the event does not match
        if (!line.contains(EVENT + "\"") && !line.contains(EVENT + "\\")) {
            return Optional.empty();
        }
        if (line.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
        }
        return Optional.of(entry(find(line)
                .orElseThrow(() ->
                        new IllegalArgumentException("contains " + EVENT + " but not its complete JSON object"))));
    }

    /** Writes the line that {@link #parse} reads. */
    public static String format(Entry entry) {
        ObjectNode line = JSON.createObjectNode();
        line.put("event", EVENT);
        line.put("destination", entry.trigger().destination());
        line.put("id", entry.trigger().id());
        if (entry.trigger().version() != null) {
            line.put("version", entry.trigger().version());
        }
        line.put("since", entry.since().toString());
        line.put("reason", entry.reason());
        return JSON.writeValueAsString(line);
    }

    private static Optional<JsonNode> find(String text) {
        int brace = text.indexOf('{');
        for (int tried = 0; brace >= 0 && tried < MAX_BRACES; tried++) {
            Optional<JsonNode> found = parseAt(text.substring(brace));
            if (found.isPresent()) {
                return found;
            }
            brace = text.indexOf('{', brace + 1);
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> parseAt(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (EVENT.equals(node.path("event").stringValue(""))) {
                return Optional.of(node);
            }
            return node.values().stream()
                    .map(value -> value.stringValue(""))
                    .filter(value -> value.contains(EVENT))
                    .flatMap(value -> find(value).stream())
                    .findFirst();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Entry entry(JsonNode node) {
        String id = text(node, "id");
        TriggerIdFormat.violation(id).ifPresent(reason -> {
            throw new IllegalArgumentException("id " + LogSafe.of(id) + ": " + reason);
        });
        JsonNode version = node.path("version");
        boolean versioned = !version.isMissingNode() && !version.isNull();
        if (versioned && (!version.isIntegralNumber() || !version.canConvertToLong() || version.longValue() < 0)) {
            throw new IllegalArgumentException("version is not a whole number of at least 0");
        }
        return new Entry(
                new OutgoingTrigger(text(node, "destination"), id, versioned ? version.longValue() : null),
                instant(text(node, "since")),
                State.UNDELIVERED,
                node.path("reason").stringValue(""));
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).stringValue("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return text;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "since " + LogSafe.of(text) + " is not an instant such as 2026-07-01T10:00:00Z", e);
        }
    }
}
