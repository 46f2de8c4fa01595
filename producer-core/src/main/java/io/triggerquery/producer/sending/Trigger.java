package io.triggerquery.producer.sending;

import org.jspecify.annotations.Nullable;

/**
 * What is sent: look at this id again.
 *
 * @param destination the logical destination
 * @param id the id whose state has changed
 * @param version the version of the state that the change made, or null if it is not known; a consumer holds an answer
 *     that is older for stale and asks again
 */
public record Trigger(
        String destination, String id, @Nullable Long version) {

    /** A trigger without a version. */
    public static Trigger of(String destination, String id) {
        return new Trigger(destination, id, null);
    }

    /** The higher of two versions: whoever asks after both commits finds at least that one. */
    public static @Nullable Long newest(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}
