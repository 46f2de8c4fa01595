package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.time.Duration;
import java.util.OptionalLong;

/** The outcome of a round for one id. */
sealed interface Outcome {

    /**
     * The state was queried and projected.
     *
     * @param version the version that the source answered, or empty if it has none
     * @param absent whether the source reported the id as absent
     */
    record Applied(OptionalLong version, boolean absent) implements Outcome {

        Applied(OptionalLong version) {
            this(version, false);
        }
    }

    /** The state was projected, but it was older than the trigger. */
    record Stale(OptionalLong version) implements Outcome {}

    /** The source reported the id as absent, but not yet for the grace period. */
    record Unconfirmed() implements Outcome {}

    /** The source was not queried. */
    record Refused(Duration holdFor) implements Outcome {}

    /** The query or the projection failed. */
    sealed interface Failure extends Outcome {

        /** Returns the exception. */
        Throwable cause();

        /** Returns the kind of the exception. */
        FailureKind kind();

        /** Returns whether the source had answered before the failure. */
        boolean answered();
    }

    /**
     * A round of several ids failed, and it is not known which of them caused it.
     *
     * @param maxBatchSize the maximum size of the next batches with these ids
     */
    record Split(int maxBatchSize, Throwable cause, FailureKind kind, boolean answered) implements Failure {}

    /** The query or the projection of a single id failed, or its trigger could not be deferred or dead-lettered. */
    record Failed(Throwable cause, FailureKind kind, boolean answered) implements Failure {}

    /**
     * The trigger was deferred or dead-lettered, or a message was dead-lettered, and the broker has acknowledged it.
     */
    record Forwarded() implements Outcome {}

    /** A record was decoded whose decoder had failed before. */
    record Decoded(Work work) implements Outcome {}
}
