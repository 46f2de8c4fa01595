package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.Snapshot;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of an id: what the source answered, and what the projection had after that.
 *
 * @param answer the answer
 * @param projected what the projection had when it was read after the answer, or null for nothing
 */
record Look(Snapshot<?> answer, @Nullable Projected projected) {

    /** How the two sides compare. */
    enum Comparison {
        EQUAL,

        /** The projection has an older version. */
        OLDER,

        /** The source has the id, the projection does not. */
        ABSENT_HERE,

        /** The projection has the id, the source does not. */
        ORPHAN,

        /** The projection has a newer version than the source answered. */
        AHEAD,

        /** The look proves nothing. */
        UNKNOWN
    }

    /** Returns the version that the source answered, if it did. */
    OptionalLong answered() {
        return answer.version();
    }

    boolean isFound() {
        return answer instanceof Snapshot.Found<?>;
    }

    Comparison compare() {
        return isFound() ? compareFound() : compareAbsent();
    }

    private Comparison compareFound() {
        if (projected == null) {
            return Comparison.ABSENT_HERE;
        }
        OptionalLong version = answered();
        if (version.isPresent() && projected.version() > version.getAsLong()) {
            return Comparison.AHEAD;
        }
        if (projected.isTombstone()) {
            return Comparison.ABSENT_HERE;
        }
        boolean older = version.isPresent() && projected.version() < version.getAsLong();
        return older ? Comparison.OLDER : Comparison.EQUAL;
    }

    private Comparison compareAbsent() {
        if (projected == null || projected.isTombstone()) {
            return Comparison.EQUAL;
        }
        OptionalLong deletion = answered();
        if (deletion.isEmpty()) {
            return projected.isState() ? Comparison.ORPHAN : Comparison.UNKNOWN;
        }
        if (projected.version() > deletion.getAsLong()) {
            return Comparison.AHEAD;
        }
        // what has the version of the deletion, and is not known to be a state, is its tombstone
        boolean tombstone = !projected.isState() && projected.version() == deletion.getAsLong();
        return tombstone ? Comparison.EQUAL : Comparison.ORPHAN;
    }
}
