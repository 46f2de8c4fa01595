package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Is notified of the engine's events, for logs and meters.
 *
 * <p>Threads: called by any thread, never under the engine's lock. Failure: must not throw.
 */
public interface EngineListener {

    /**
     * A delivery has arrived, or one part of it.
     *
     * @param partition the partition from which it came
     */
    default void received(TopicPartition partition, Work work) {}

    /** A record was settled that is not meant for the listener. */
    default void ignored() {}

    /** A delivery was settled without a query, since a newer version had been applied before. */
    default void alreadyApplied(Trigger trigger) {}

    /**
     * A round that queries the source begins on the calling thread.
     *
     * @param triggers the merged triggers of its ids
     * @param contexts returns the {@link Work.Refresh#context()} of each of them by its index, or null
     * @return the observer of this round
     */
    default RoundObserver begun(List<Trigger> triggers, IntFunction<@Nullable Object> contexts) {
        return outcome -> {};
    }

    /**
     * Observes a round across its threads.
     *
     * <p>Threads: the threads that run the round, one at a time; each sees the effects of the one before.
     */
    @FunctionalInterface
    interface RoundObserver {

        /** The query has been sent and the answer is pending: this thread leaves the round. */
        default void left() {}

        /** The answer has arrived: this thread continues the round. Called once after each {@link #left}. */
        default void entered() {}

        /** Returns the id of the trace that this round is a part of, or null if there is none. */
        default @Nullable String traceId() {
            return null;
        }

        /**
         * The round has ended.
         *
         * @param outcome the common outcome of its ids: applied, stale, unconfirmed (an absence within its grace
         *     period), refused, split, failed, forwarded; or mixed
         */
        void ended(String outcome);
    }

    /**
     * The source was queried, successfully or not.
     *
     * @param ids the number of ids in the query
     */
    default void queried(int ids) {}

    /**
     * An id's state was projected.
     *
     * @param failures the number of consecutive failed rounds of this id before it
     */
    default void applied(Work work, int failures) {}

    /**
     * A round failed for an id.
     *
     * @param failures the number of consecutive failed rounds of this id, including this one
     * @param retryIn the pause before the next round; zero if the id is deferred, dead-lettered or retried at once
     */
    default void failed(Work work, int failures, Duration retryIn, Throwable cause) {}

    /** A round of several ids failed as a whole: the ids are retried in smaller batches. */
    default void split(int ids, Throwable cause) {}

    /** The answer was older than the trigger; the source is queried again soon. */
    default void stale(Trigger trigger, OptionalLong answered) {}

    /** The query was refused before it was sent; the listener stops its queries for a time. */
    default void refused(int ids, Duration pause) {}

    /** A failing id's trigger has been sent to the retry topic. */
    default void deferred(Trigger trigger, int failures) {}

    /** A trigger that can never be applied has been sent to the dead-letter topic. */
    default void deadLettered(Trigger trigger, Throwable cause) {}

    /** A message that is no trigger, or whose decoder fails, has been sent to the dead-letter topic. */
    default void deadLettered(Work.DeadLetter message) {}

    /** Reading was paused because too much is pending. */
    default void full(long pending) {}

    /**
     * Every id fails: the listener sends one probe at a time, and counts no failures.
     *
     * @param ids the number of different ids that had failed
     * @param cause the failure of the last of them
     */
    default void suspended(int ids, Throwable cause) {}

    /**
     * An id has succeeded again, which ends a suspension.
     *
     * @param after the duration of the suspension
     */
    default void resumed(Duration after) {}

    /**
     * Most of the capacity for failing ids is used. From now on ids that fail are deferred at once.
     *
     * @param limit the maximum number of failing ids in memory
     */
    default void nearCapacity(int limit) {}

    /**
     * An assignment has ended. The results of rounds that still run for it are ignored; their triggers are delivered
     * again.
     */
    default void fenced(TopicPartition partition, int running) {}
}
