package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A round of an id that has ended.
 *
 * @param endedAgo how long ago it ended
 * @param lasted how long it took
 * @param outcome applied, stale, unconfirmed, split, failed, deferred or dead-lettered
 * @param ids the number of ids in the round
 * @param triggered the version of the merged trigger, if it had one
 * @param answered the version that the source answered, if it is known
 * @param failure the failure, or null
 * @param traceId the trace of the round, or null
 */
public record PastRound(
        Duration endedAgo,
        Duration lasted,
        String outcome,
        int ids,
        OptionalLong triggered,
        OptionalLong answered,
        @Nullable Failure failure,
        @Nullable String traceId) {

    /**
     * Why a round failed.
     *
     * @param step the step that failed
     * @param cause the cause, as one line
     */
    public record Failure(IdState.Step step, String cause) {}
}
