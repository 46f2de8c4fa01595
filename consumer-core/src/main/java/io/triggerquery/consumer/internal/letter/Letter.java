package io.triggerquery.consumer.internal.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter.
 *
 * @param position its partition and offset in the dead-letter topic
 * @param state {@code open}; {@code replayed} or {@code discarded} by a selection; or {@code passed} by a replay of all
 * @param at when it was dead-lettered
 * @param reason why, as a word that other letters may have in common: the class of the exception, {@code not-a-trigger}
 *     or {@code decoder}
 * @param cause the message of the exception, as one line, or null unless errors are shown
 * @param ids the ids of its triggers; empty if it has no valid one
 * @param version the version of its trigger, or null
 * @param truncated whether it contains only a part of its record
 * @param origin where its record stands, or null if it is a trigger, which may be merged from several
 * @param content what a page does not show, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Letter(
        String position,
        String state,
        Instant at,
        String reason,
        @Nullable String cause,
        List<String> ids,
        @Nullable Long version,
        boolean truncated,
        @Nullable String origin,
        @Nullable Content content) {

    /**
     * The content of a dead letter.
     *
     * @param headers its headers; the values of the application's are null unless states are shown
     * @param valueBytes the length of its value
     * @param value its value as text, shortened, or null unless states are shown
     */
    public record Content(
            Map<String, @Nullable String> headers,
            int valueBytes,
            @Nullable String value) {

        private static final String CAUSE = "kafka_dlt-exception-message";

        private Content withoutErrors() {
            Map<String, @Nullable String> others = new LinkedHashMap<>(headers);
            others.computeIfPresent(CAUSE, (name, cause) -> "hidden");
            return new Content(others, valueBytes, value);
        }
    }

    /** Returns it without texts that can quote data. */
    public Letter withoutErrors() {
        return new Letter(
                position,
                state,
                at,
                reason,
                null,
                ids,
                version,
                truncated,
                origin,
                content == null ? null : content.withoutErrors());
    }
}
