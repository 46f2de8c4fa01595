package io.triggerquery.producer.internal.sending;

import org.jspecify.annotations.Nullable;

/**
 * A trigger to be sent: destination, id, optional version.
 *
 * @param destination the logical destination
 * @param id the id whose state has changed
 * @param version a lower bound of the version that the source answers after the change, or null if none is known; a
 *     consumer holds an answer that is older for stale and asks again
 */
public record OutgoingTrigger(
        String destination, String id, @Nullable Long version) {

    /** What a trigger is about; of all that wait with the same one, one is sent. */
    public record Key(String destination, String id) {}

    /** A trigger without a version. */
    public static OutgoingTrigger of(String destination, String id) {
        return new OutgoingTrigger(destination, id, null);
    }

    /** What it is about. */
    public Key key() {
        return new Key(destination, id);
    }

    /**
     * The one trigger that stands for this one and another of the same id. It proves no more than both of them do: a
     * consumer may take a versioned trigger for done without a query once it has applied a strictly newer version, but
     * never one without a version. So the higher of two versions stands for both, and no version for one with and one
     * without. The price of the latter is that an answer older than the version that is left out is no longer held for
     * stale.
     *
     * @param other the other one's version, or null if it has none
     */
    public OutgoingTrigger merge(@Nullable Long other) {
        return new OutgoingTrigger(destination, id, version == null || other == null ? null : Math.max(version, other));
    }
}
