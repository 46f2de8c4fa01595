package io.triggerquery.producer.internal.sending;

import org.jspecify.annotations.Nullable;

/**
 * A trigger to be sent: destination, id, optional version.
 *
 * @param destination the logical destination
 * @param id the id whose state has changed
 * @param version a lower bound of the version that the source answers after the change, or null if none is known; a
 *     consumer treats an older answer as stale and queries again
 */
public record OutgoingTrigger(
        String destination, String id, @Nullable Long version) {

    /** The key of a trigger. Of the waiting triggers with the same key, one is sent. */
    public record Key(String destination, String id) {}

    /** Creates a trigger without a version. */
    public static OutgoingTrigger of(String destination, String id) {
        return new OutgoingTrigger(destination, id, null);
    }

    /** Returns the key of this trigger. */
    public Key key() {
        return new Key(destination, id);
    }

    /**
     * Returns the trigger that replaces this one and another of the same id. It makes the weaker claim: a consumer may
     * settle a versioned trigger without a query once it has applied a strictly newer version, but never one without a
     * version. So the higher of two versions replaces both, and no version replaces one with and one without. In the
     * latter case an answer that is older than the omitted version is no longer treated as stale.
     *
     * @param other the version of the other trigger, or null if it has none
     */
    public OutgoingTrigger merge(@Nullable Long other) {
        return new OutgoingTrigger(destination, id, version == null || other == null ? null : Math.max(version, other));
    }
}
