package io.triggerquery.consumer.internal.resync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a resync.
 *
 * @param cursor the page to go on with; null for the first, and when the run has ended
 * @param everything whether the run requests all ids, without comparing
 * @param startedAt when the run began; null if there was none
 * @param finishedAt when it ended; null as long as it has not
 */
public record Checkpoint(
        @Nullable String cursor,
        boolean everything,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** As if a run had ended then: what there is before the first. */
    static Checkpoint idleSince(Instant moment) {
        return new Checkpoint(null, false, null, moment);
    }

    static Checkpoint begin(boolean everything, Instant now) {
        return new Checkpoint(null, everything, now, null);
    }

    Checkpoint at(String next) {
        return new Checkpoint(next, everything, startedAt, null);
    }

    Checkpoint finish(Instant now) {
        return new Checkpoint(null, everything, startedAt, now);
    }
}
