package io.triggerquery.consumer.internal.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How far a request has read a topic.
 *
 * @param records the number of records that it has read
 * @param ofOthers how many of these are of other groups, or were not written by a listener
 * @param handled how many of these were replayed or discarded before, and therefore do not count
 * @param left the number of offsets that it has not read
 * @param cursor where the next request continues, or null if the end was reached
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Scanned(
        long records,
        long ofOthers,
        long handled,
        long left,
        @Nullable String cursor) {

    /** Returns whether the end was reached. */
    public boolean complete() {
        return cursor == null;
    }
}
