package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.time.Duration;
import java.util.OptionalLong;

/** The outcome of a round for one id. */
sealed interface Outcome {

    /**
     * The state was queried and projected, or the dead letter of a message that is no trigger was sent.
     *
     * @param version the version that the source answered, or empty if it has none
     * @param absent whether the source has no such id
     */
    record Applied(OptionalLong version, boolean absent) implements Outcome {

        Applied(OptionalLong version) {
            this(version, false);
        }
    }

    /** As {@link Applied}, but the state was older than the trigger. */
    record Stale(OptionalLong version) implements Outcome {}

    /** The source says for too short a time that it has no such id. */
    record Unconfirmed() implements Outcome {}

    /** The source was not asked. */
    record Refused(Duration holdFor) implements Outcome {}

    /** The query or the projection failed. */
    sealed interface Failure extends Outcome {

        /** What was thrown. */
        Throwable cause();

        /** What that says of the ids. */
        FailureKind kind();

        /** Whether the source had given its answer before. */
        boolean answered();
    }

    /**
     * A round of several ids failed, and it is not known which of them is to blame.
     *
     * @param maxBatchSize how many may be tried together next
     */
    record Split(int maxBatchSize, Throwable cause, FailureKind kind, boolean answered) implements Failure {}

    /** The query or the projection of a single id failed, or the id could not be put aside. */
    record Failed(Throwable cause, FailureKind kind, boolean answered) implements Failure {}

    /** The trigger was deferred, or dead-lettered. */
    record Forwarded() implements Outcome {}
}
