package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The state of an id in this process. */
public sealed interface IdState {

    /** The steps of rounds. */
    enum Step {
        /** The source is queried. */
        QUERY,
        /** The answer is projected. */
        PROJECTION,
        /** The trigger is sent to the retry topic. */
        DEFERRAL,
        /** The trigger is sent to the dead-letter topic. */
        DEAD_LETTER,
        /** The record is decoded again. */
        DECODING
    }

    /**
     * It waits for a free worker.
     *
     * @param next what its next round begins with
     */
    record Ready(Step next) implements IdState {}

    /**
     * It waits because the listener sends no queries.
     *
     * @param resumesIn how long queries remain stopped; zero if only probes are sent
     * @param suspended the suspension, or null if the source is unavailable or busy
     */
    record Held(Duration resumesIn, EngineStatus.@Nullable Suspended suspended) implements IdState {}

    /**
     * A round runs.
     *
     * @param step what it does now
     * @param lasting how long it has run
     * @param ids the number of ids in the round
     */
    record Running(Step step, Duration lasting, int ids) implements IdState {}

    /**
     * It waits for a time.
     *
     * @param reason settle-delay, back-off, stale or absent
     * @param nextTryIn the time until its next round
     */
    record Waiting(String reason, Duration nextTryIn) implements IdState {}

    /**
     * Nothing is left to do here.
     *
     * @param last the last round that is remembered
     */
    record Done(PastRound last) implements IdState {}

    /** Nothing is known of it here. */
    record Unknown() implements IdState {}
}
