package io.triggerquery.consumer.internal.resync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a resync in this instance.
 *
 * @param here whether this instance runs the resync
 * @param running whether a run is active
 * @param everything whether the run requests all ids, without comparing
 * @param cursor the cursor of the next page, or null at the first page and when there is no run
 * @param listed the number of ids that this instance has listed in its last run
 * @param differences the number of these ids that differed and were requested
 * @param startedAt when the last run began, or null if none is known
 * @param finishedAt when a run last ended, or null if none is known
 * @param lastError the failure that interrupted the run, or null; the run is tried again
 */
public record ResyncStatus(
        boolean here,
        boolean running,
        boolean everything,
        @Nullable String cursor,
        long listed,
        long differences,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String lastError) {

    /** Returns this status without the message of an exception. */
    public ResyncStatus withoutErrors() {
        return new ResyncStatus(here, running, everything, cursor, listed, differences, startedAt, finishedAt, null);
    }
}
