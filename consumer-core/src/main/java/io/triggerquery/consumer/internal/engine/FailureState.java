package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failures of an id since it was last applied.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class FailureState {

    private static final DoublingPause STALE_PAUSE = new DoublingPause(Duration.ofMillis(100), Duration.ofSeconds(2));

    private int failures;
    private int unanswered;
    private int maxBatchSize = Integer.MAX_VALUE;
    private boolean isolated;
    private long timesDecoded = Long.MAX_VALUE;
    private @Nullable Throwable cause;
    private @Nullable String formerCause;
    private long failingSince;
    private @Nullable Long absentSince;
    private @Nullable Long staleSince;
    private @Nullable Duration stalePause;
    private @Nullable Long pauseEndedAt;

    /** Restores the history of a trigger from the retry topic, unless more failures are known. */
    void remember(RetryHistory history, long now) {
        if (history.failures() > failures) {
            failures = history.failures();
            failingSince = now - history.failingFor().toNanos();
            maxBatchSize = 1;
            formerCause = history.cause();
        }
    }

    /** Returns what is to be known of these failures when the trigger comes back from the retry topic. */
    RetryHistory history(long now) {
        return new RetryHistory(failures, failingFor(now), Duration.ZERO, failures == 0 ? null : line());
    }

    /** Records that the id was deferred or dead-lettered before, so that it is queried alone. */
    void isolate() {
        maxBatchSize = 1;
        isolated = true;
    }

    /** Permits the id in batches of any size. */
    void allowBatches() {
        maxBatchSize = Integer.MAX_VALUE;
    }

    /** Returns whether the id has failed only as part of batches. */
    boolean hasNeverFailed() {
        return failures == 0 && !isolated;
    }

    /** Removes the last failure, which was not caused by the id. Returns whether no other is known. */
    boolean forgive() {
        failures = Math.max(0, failures - 1);
        unanswered = 0;
        if (hasNeverFailed()) {
            maxBatchSize = Integer.MAX_VALUE;
        }
        return hasNeverFailed();
    }

    /** Records that a round with this id alone has failed. */
    void failed(Throwable failure, boolean answered, long now) {
        if (failures++ == 0) {
            failingSince = now;
        }
        recordFailure(failure, 1, answered);
    }

    /**
     * Records how often the decoder had succeeded for the topic when this record failed. Returns whether it has since
     * the record's last failure.
     */
    boolean othersDecoded(long timesNow) {
        boolean others = timesNow > timesDecoded;
        timesDecoded = timesNow;
        return others;
    }

    /** Records that a round of several ids has failed, of which this was one. */
    void split(Throwable failure, int limit, boolean answered) {
        recordFailure(failure, limit, answered);
    }

    private void recordFailure(Throwable failure, int limit, boolean answered) {
        cause = failure;
        maxBatchSize = Math.min(maxBatchSize, limit);
        unanswered = answered ? 0 : unanswered + 1;
        absentSince = answered ? null : absentSince; // only consecutive reports of an absence count
    }

    /** Records an answer that is older than the trigger. Returns the pause before the next query. */
    Duration stale(long now) {
        if (staleSince == null) {
            staleSince = now;
        }
        absentSince = null;
        stalePause = STALE_PAUSE.next(stalePause);
        return stalePause;
    }

    /** Returns how long the answers have been stale. */
    Duration staleFor(long now) {
        return staleSince == null ? Duration.ZERO : Duration.ofNanos(now - staleSince);
    }

    /** Records that the source has reported the id as absent. */
    void absent(long now) {
        if (absentSince == null) {
            absentSince = now;
        }
    }

    /**
     * Records that a new trigger has arrived. It may stand for a creation that a replica does not show yet, so the
     * grace period for an absence starts again.
     */
    void triggered() {
        absentSince = null;
    }

    /** Returns whether the source has reported the id as absent for the grace period. */
    boolean absentFor(Duration grace, long now) {
        return absentSince != null && now - absentSince >= grace.toNanos();
    }

    /** Returns what is left of the grace period for an absence. */
    Duration remaining(Duration grace, long now) {
        return absentSince == null ? grace : grace.minusNanos(now - absentSince);
    }

    /** Returns whether a caller ends its pause now. That is at most once in the given time. */
    boolean endsPause(Duration atMostEvery, long now) {
        boolean ends = pauseEndedAt == null || now - pauseEndedAt >= atMostEvery.toNanos();
        pauseEndedAt = ends ? (Long) now : pauseEndedAt;
        return ends;
    }

    int failures() {
        return failures;
    }

    int unanswered() {
        return unanswered;
    }

    /** Returns the maximum size of a batch with this id. */
    int maxBatchSize() {
        return maxBatchSize;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    /** Returns the last known cause as one line, also one from before the trigger was deferred, or null. */
    @Nullable
    String line() {
        return cause == null ? formerCause : OneLine.of(cause);
    }

    /** Returns since when the id has failed or been answered without effect, or null if neither. */
    @Nullable
    Long notAppliedSince() {
        Long since = failures == 0 ? null : (Long) failingSince;
        since = earlier(since, staleSince);
        return earlier(since, absentSince);
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        return one == null || other != null && other - one < 0 ? other : one;
    }

    Duration failingFor(long now) {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(now - failingSince);
    }
}
