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

    /** What a trigger is about; of all that wait with the same one, one is sent. */
    public record Key(String destination, String id) {}

    /** A trigger without a version. */
    public static Trigger of(String destination, String id) {
        return new Trigger(destination, id, null);
    }

    /** What it is about. */
    public Key key() {
        return new Key(destination, id);
    }

    /** This trigger with the higher of two versions: whoever asks after both commits finds at least that one. */
    public Trigger atLeast(@Nullable Long other) {
        return new Trigger(destination, id, newest(version, other));
    }

    private static @Nullable Long newest(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}
