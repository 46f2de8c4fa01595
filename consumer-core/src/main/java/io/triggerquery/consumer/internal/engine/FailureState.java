package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failures of an id since it was last applied.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class FailureState {

    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private int failures;
    private int unanswered;
    private int maxBatchSize = Integer.MAX_VALUE;
    private boolean isolate;
    private @Nullable Throwable cause;
    private long failingSince;
    private @Nullable Long absentSince;
    private @Nullable Long staleSince;
    private int staleAnswers;

    /** Takes over what a trigger from the retry topic has been through, unless more is known. */
    void remember(RetryHistory history, long now) {
        if (history.failures() > failures) {
            failures = history.failures();
            failingSince = now - history.failingFor().toNanos();
            maxBatchSize = 1;
        }
    }

    /** It has failed before; nothing more is known. */
    void isolate() {
        maxBatchSize = 1;
        isolate = true;
    }

    /** It may succeed now, so it need not be tried alone. */
    void mayBeBatched() {
        maxBatchSize = Integer.MAX_VALUE;
    }

    /** Whether it may only have been in a batch that failed. */
    boolean hasNeverFailed() {
        return failures == 0 && !isolate;
    }

    /** Takes the last failure back, which was not the id's. Returns whether no other is known. */
    boolean forgive() {
        failures = Math.max(0, failures - 1);
        unanswered = 0;
        if (hasNeverFailed()) {
            maxBatchSize = Integer.MAX_VALUE;
        }
        return hasNeverFailed();
    }

    void failed(Throwable failure, boolean answered, long now) {
        if (failures++ == 0) {
            failingSince = now;
        }
        wentWrong(failure, 1, answered);
    }

    /** It was in bad company, or is the bad company. */
    void split(Throwable failure, int maxBatchSize, boolean answered) {
        wentWrong(failure, maxBatchSize, answered);
    }

    private void wentWrong(Throwable failure, int maxBatchSize, boolean answered) {
        cause = failure;
        maxBatchSize = Math.min(maxBatchSize, maxBatchSize);
        unanswered = answered ? 0 : unanswered + 1;
        absentSince = answered ? null : absentSince; // whatever was found, it was not an absence said all along
    }

    /** The source answered with an older state than the trigger's. Returns the pause before the next look. */
    Duration stale(long now) {
        if (staleSince == null) {
            staleSince = now;
        }
        absentSince = null;
        long pause = FIRST_LOOK.toMillis() << Math.min(staleAnswers++, 10);
        return Duration.ofMillis(Math.min(pause, LAST_LOOK.toMillis()));
    }

    /** For how long the answers have been stale. */
    Duration staleFor(long now) {
        return staleSince == null ? Duration.ZERO : Duration.ofNanos(now - staleSince);
    }

    /** The source says that there is no such id. */
    void absent(long now) {
        if (absentSince == null) {
            absentSince = now;
        }
    }

    /** A new trigger has come, perhaps of a creation that a replica does not show yet: the absence has to be said anew. */
    void triggered() {
        absentSince = null;
    }

    boolean absentFor(Duration grace, long now) {
        return absentSince != null && now - absentSince >= grace.toNanos();
    }

    Duration restOf(Duration grace, long now) {
        return absentSince == null ? grace : grace.minusNanos(now - absentSince);
    }

    int failures() {
        return failures;
    }

    int unanswered() {
        return unanswered;
    }

    /** In how large a batch it may run. */
    int maxBatchSize() {
        return maxBatchSize;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    Duration failingFor(long now) {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(now - failingSince);
    }
}
