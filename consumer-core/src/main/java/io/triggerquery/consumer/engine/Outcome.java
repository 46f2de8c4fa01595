package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.FailureKind;
import java.time.Duration;
import java.util.OptionalLong;

/** How a round ended for one id. */
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

    /**
     * The id was one of several, and who is to blame is not known.
     *
     * @param company how many may be tried together next
     * @param answered whether the source had given its answer before
     */
    record Split(int company, Throwable cause, boolean answered) implements Outcome {}

    /**
     * The query or the projection failed, or the id could not be put aside.
     *
     * @param answered whether the source had given its answer before
     */
    record Failed(Throwable cause, FailureKind kind, boolean answered) implements Outcome {}

    /** The trigger was parked, or buried. */
    record PutAside() implements Outcome {}
}
