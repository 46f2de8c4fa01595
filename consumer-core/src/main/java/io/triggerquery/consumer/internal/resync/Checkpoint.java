package io.triggerquery.consumer.internal.resync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a resync.
 *
 * @param cursor the cursor of the next page; null for the first page, and when the run has ended
 * @param everything whether the run requests all ids, without comparing
 * @param startedAt when the run began; null before the first run
 * @param finishedAt when the run ended; null while it has not ended
 */
public record Checkpoint(
        @Nullable String cursor,
        boolean everything,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** Returns the checkpoint before the first run, as if a run had ended at the given time. */
    static Checkpoint idleSince(Instant time) {
        return new Checkpoint(null, false, null, time);
    }

    static Checkpoint begin(boolean everything, Instant now) {
        return new Checkpoint(null, everything, now, null);
    }

    Checkpoint atPage(String next) {
        return new Checkpoint(next, everything, startedAt, null);
    }

    Checkpoint finish(Instant now) {
        return new Checkpoint(null, everything, startedAt, now);
    }
}
