package io.triggerquery.consumer.internal.resync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a resync in this instance.
 *
 * @param here whether this instance is the one that runs it
 * @param running whether a run is at work
 * @param everything whether the run requests all ids, without comparing
 * @param cursor where the run is, or null at the start and when there is none
 * @param listed how many ids this instance has listed in its last run
 * @param differences how many of them it has found different, and requested
 * @param startedAt when the last run began, or null if none is known
 * @param finishedAt when a run last ended, or null if none is known
 * @param lastError why it cannot go on now, or null; it is tried again
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
        @Nullable String lastError) {}
