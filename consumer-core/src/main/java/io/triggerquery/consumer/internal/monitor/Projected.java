package io.triggerquery.consumer.internal.monitor;

/**
 * What the projection has of an id.
 *
 * @param version its version; of a tombstone, that of the deletion
 * @param existence whether this is a state or a tombstone
 */
public record Projected(long version, Existence existence) {

    /** Whether something is a state or a tombstone. */
    public enum Existence {
        STATE,
        TOMBSTONE,

        /** The projection cannot say. */
        UNKNOWN
    }

    boolean isState() {
        return existence == Existence.STATE;
    }

    boolean isTombstone() {
        return existence == Existence.TOMBSTONE;
    }
}
