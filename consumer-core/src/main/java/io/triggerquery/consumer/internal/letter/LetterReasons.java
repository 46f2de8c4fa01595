package io.triggerquery.consumer.internal.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Open dead letters, grouped by their reason.
 *
 * @param reasons the reasons, those with the most letters first
 * @param others the number of letters with further reasons
 * @param scanned how far the topic was read
 */
public record LetterReasons(
        List<Reason> reasons,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long others,
        Scanned scanned) {

    /** Returns it without texts that can quote data. */
    public LetterReasons withoutErrors() {
        return new LetterReasons(reasons.stream().map(Reason::withoutErrors).toList(), others, scanned);
    }

    /**
     * Letters with one reason.
     *
     * @param reason the reason
     * @param count their number
     * @param first when the first of them was dead-lettered
     * @param last when the last of them was dead-lettered
     * @param example the position of the last of them
     * @param cause its cause, or null unless errors are shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(
            String reason,
            long count,
            Instant first,
            Instant last,
            String example,
            @Nullable String cause) {

        private Reason withoutErrors() {
            return new Reason(reason, count, first, last, example, null);
        }

        /** Returns the reason with one more letter, which was read later. */
        public Reason plus(Reason more) {
            return new Reason(
                    reason,
                    count + more.count,
                    first.isBefore(more.first) ? first : more.first,
                    last.isAfter(more.last) ? last : more.last,
                    more.example,
                    more.cause);
        }
    }
}
