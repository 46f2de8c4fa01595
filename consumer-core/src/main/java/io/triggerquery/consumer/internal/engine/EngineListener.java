package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Is notified of what the engine does, for logs and meters.
 *
 * <p>Threads: called by any thread, never under the engine's lock. Failure: must not throw.
 */
public interface EngineListener {

    /** A delivery has arrived. */
    default void received(Work work) {}

    /** A delivery was settled without a query: its version had been applied before. */
    default void alreadyApplied(Trigger trigger) {}

    /**
     * A round that asks the source begins, on the thread that calls this.
     *
     * @param triggers what it asks for
     * @param context the {@link Work.Refresh#context()} of the first of them that has one, or null
     * @return follows the round to its end
     */
    default RoundObserver begun(List<Trigger> triggers, @Nullable Object context) {
        return outcome -> {};
    }

    /**
     * Follows a round over its threads.
     *
     * <p>Threads: whichever has the round, one at a time, each of which sees what was done by the one before.
     */
    @FunctionalInterface
    interface RoundObserver {

        /** The query has been sent and its answer is awaited: this thread leaves the round. */
        default void left() {}

        /** The answer has come: from now on this thread has the round. Called once after each {@link #left}. */
        default void entered() {}

        /**
         * The round has ended.
         *
         * @param outcome in one word how it ended for its ids: applied, stale, unconfirmed (an absence that is not
         *     believed yet), refused, split, failed; or mixed
         */
        void ended(String outcome);
    }

    /**
     * The source was called once more, successfully or not.
     *
     * @param ids for how many ids
     */
    default void queried(int ids) {}

    /**
     * An id's state was projected, or a dead letter of a message that is no trigger was sent.
     *
     * @param failures how many rounds of this id had failed in a row before it
     */
    default void applied(Work work, int failures) {}

    /**
     * A round failed for an id.
     *
     * @param failures how many rounds of this id have failed in a row, this one included
     * @param retryIn the pause before the next round; zero if the id is put aside or tried again at once
     */
    default void failed(Work work, int failures, Duration retryIn, Throwable cause) {}

    /** A round of several ids failed, and no id was found guilty: they are tried again in smaller batches. */
    default void split(int ids, Throwable cause) {}

    /** The answer was older than the trigger; the source is asked again soon. */
    default void stale(Trigger trigger, OptionalLong answered) {}

    /** The source refused to be asked; the listener pauses its queries. */
    default void refused(int ids, Duration pause) {}

    /** A failing id's trigger has been sent to the retry topic. */
    default void deferred(Trigger trigger, int failures) {}

    /** A trigger that can never be applied has been sent to the dead-letter topic. */
    default void deadLettered(Trigger trigger, Throwable cause) {}

    /** Intake was paused because too much is pending. */
    default void full(long pending) {}

    /**
     * Every id fails: the listener asks nothing but one probe at a time, and counts no failures.
     *
     * @param ids how many different ids had failed
     * @param cause why the last of them failed
     */
    default void suspended(int ids, Throwable cause) {}

    /**
     * An id has succeeded again, which ends a suspension.
     *
     * @param after how long it lasted
     */
    default void resumed(Duration after) {}

    /**
     * Most of the capacity for failing ids is used. At the limit what fails is deferred at once.
     *
     * @param limit how many failing ids are kept in memory
     */
    default void nearCapacity(int limit) {}

    /** An assignment ended. What still runs for it is ignored when it finishes, and will be delivered again. */
    default void fenced(TopicPartition partition, int running) {}
}
