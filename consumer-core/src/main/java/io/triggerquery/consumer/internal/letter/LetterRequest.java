package io.triggerquery.consumer.internal.letter;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters an operator asks for; null where the operator said nothing.
 *
 * @param letters positions, in the form of {@link Offsets}
 * @param reason their common reason; see {@link Letter#reason()}
 * @param id the id of their trigger
 * @param since the earliest time at which they were dead-lettered, in the form of {@link java.time.Instant}
 * @param until the time before which they were dead-lettered
 * @param cursor where to continue: the cursor of the answer before
 * @param limit the largest number of letters on a page
 * @param handled whether letters count that were replayed or discarded before
 */
public record LetterRequest(
        @Nullable String letters,
        @Nullable String reason,
        @Nullable String id,
        @Nullable String since,
        @Nullable String until,
        @Nullable String cursor,
        @Nullable String limit,
        @Nullable String handled) {

    /**
     * Returns a request for all open letters.
     *
     * @param cursor where to continue, or null
     */
    public static LetterRequest all(@Nullable String cursor) {
        return new LetterRequest(null, null, null, null, null, cursor, null, null);
    }

    /** Returns a request for one letter, whatever was done with it. */
    public static LetterRequest at(String position) {
        return new LetterRequest(position, null, null, null, null, null, null, "true");
    }

    /** Returns whether it selects letters, and is no request for all of them. */
    public boolean selects() {
        return letters != null || reason != null || id != null || since != null || until != null;
    }

    /** Returns whether it says nothing. */
    public boolean isAll() {
        return !selects() && cursor == null && limit == null && handled == null;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text, "letters", letters);
        append(text, "reason", reason);
        append(text, "id", id);
        append(text, "since", since);
        append(text, "until", until);
        append(text, "cursor", cursor);
        append(text, "limit", limit);
        append(text, "handled", handled);
        return text.isEmpty() ? "all" : text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value);
        }
    }
}
