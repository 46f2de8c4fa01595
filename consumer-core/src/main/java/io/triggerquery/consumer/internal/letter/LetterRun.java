package io.triggerquery.consumer.internal.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of replaying or discarding selected dead letters.
 *
 * @param letters the number of letters that were replayed or discarded
 * @param triggers the number of triggers that were sent to the retry topic
 * @param notReplayed the letters that cannot be replayed and stay open, or null if there is none
 * @param notFound the number of selected positions without a letter of this group
 * @param scanned how far the topic was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LetterRun(
        long letters, long triggers, @Nullable NotReplayed notReplayed, long notFound, Scanned scanned) {

    /**
     * Letters that cannot be replayed.
     *
     * @param withoutId the number of those of which something is no valid id; what is valid was replayed
     * @param undecodable the number of those whose decoder failed
     * @param truncated the number of those that contain only a part of their record
     * @param failure the last failure of the decoder, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NotReplayed(
            long withoutId,
            long undecodable,
            long truncated,
            @Nullable String failure) {

        private NotReplayed withoutErrors() {
            return new NotReplayed(withoutId, undecodable, truncated, null);
        }

        private String line() {
            return withoutId + " without a valid id, " + undecodable + " whose decoder failed, " + truncated
                    + " truncated";
        }
    }

    /** Returns it without texts that can quote data. */
    public LetterRun withoutErrors() {
        return notReplayed == null
                ? this
                : new LetterRun(letters, triggers, notReplayed.withoutErrors(), notFound, scanned);
    }

    /** Returns one line for operators. */
    public String line(String done) {
        return letters + " " + done
                + (scanned.handled() == 0 ? "" : ", " + scanned.handled() + " handled before")
                + (notFound == 0 ? "" : ", " + notFound + " not found")
                + (notReplayed == null ? "" : ", " + notReplayed.line())
                + "; " + scanned.records() + " records read"
                + (scanned.complete()
                        ? "."
                        : ", about " + scanned.left() + " left. Repeat the request with the cursor to continue.");
    }
}
