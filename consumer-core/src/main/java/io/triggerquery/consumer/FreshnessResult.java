package io.triggerquery.consumer;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer of {@link Freshness}: whether the projection has what the caller waited for, and otherwise what is known.
 *
 * <p>Create instances, for example in tests, by the constructors of the records.
 */
public sealed interface FreshnessResult {

    /** Returns whether the projection has what the caller waited for. */
    default boolean isFresh() {
        return this instanceof Fresh;
    }

    /**
     * The projection has it.
     *
     * @param how how that is known
     * @param version the version that the projection has or was given, or empty if it has none or it is not known
     */
    record Fresh(How how, OptionalLong version) implements FreshnessResult {}

    /** How it is known that the projection has it. */
    enum How {
        /** It had that version before the call. The source was not queried. */
        ALREADY_PROJECTED,
        /** A round applied it. Without a version, the round began after the call. */
        APPLIED,
        /** The source reported the id as absent, and the absence is projected. */
        ABSENT
    }

    /**
     * The timeout has passed.
     *
     * @param known what is known of the id
     */
    record TimedOut(Known known) implements FreshnessResult {}

    /**
     * Waiting until the timeout would not help.
     *
     * @param reason why
     * @param known what is known of the id
     */
    record Refused(Reason reason, Known known) implements FreshnessResult {}

    /** Why an await was refused. */
    enum Reason {
        /** Too many callers wait in this instance. */
        TOO_MANY,
        /** An operator has paused the id. */
        ID_PAUSED,
        /** An operator has paused the listener. */
        LISTENER_PAUSED,
        /** The listener does not run: it has not started yet, or was stopped. */
        NOT_RUNNING,
        /** The source is not queried until after the timeout, since it is unavailable or busy. */
        SOURCE_UNAVAILABLE,
        /** The id fails, and is not queried again before the timeout. */
        FAILING,
        /** The id has failed permanently. */
        FAILED,
        /** A version was asked for, but the source answered without one. Await the id without a version. */
        NOT_COMPARABLE,
        /** The application stops. */
        CLOSED
    }

    /**
     * What is known of an id in this instance.
     *
     * @param state what it does or waits for now
     * @param version the highest version that the projection is known to have, or empty if none is known
     * @param nextTryIn the time until its next query, or empty if that is not known
     * @param lastFailure the last failure as one line, without secrets, or empty if there is none
     */
    record Known(State state, OptionalLong version, Optional<Duration> nextTryIn, Optional<String> lastFailure) {

        /** Nothing is known of the id. */
        public static final Known NOTHING =
                new Known(State.IDLE, OptionalLong.empty(), Optional.empty(), Optional.empty());

        /** Returns the same with another version. */
        public Known withVersion(OptionalLong other) {
            return new Known(state, other, nextTryIn, lastFailure);
        }
    }

    /** What an id does or waits for. */
    enum State {
        /** No round runs or waits for it in this instance. */
        IDLE,
        /** It waits for a free worker, or for the settle delay. */
        READY,
        /** A round runs for it. */
        RUNNING,
        /** The source has answered an older version than a trigger or a caller asks for. */
        STALE,
        /** The source reports it as absent, but not yet for the grace period. */
        ABSENT,
        /** Its last round failed. */
        FAILING,
        /** An operator has paused it. */
        PAUSED,
        /** The listener sends no queries, since the source or the database is unavailable or every id fails. */
        HELD
    }
}
