package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/**
 * Sees what the engine does; for logs and meters.
 *
 * <p>Threads: called by any thread, never under the engine's lock. Failure: must not throw.
 */
public interface EngineListener {

    /** A delivery has arrived. */
    default void received(Work work) {}

    /** The source was asked once more, successfully or not. */
    default void queried(Trigger trigger) {}

    /**
     * A round succeeded.
     *
     * @param failures how many rounds of this id had failed in a row before it
     */
    default void applied(Work work, int failures) {}

    /**
     * A round failed.
     *
     * @param failures how many rounds of this id have failed in a row, this one included
     * @param retryIn the pause before the next round
     */
    default void failed(Work work, int failures, Duration retryIn, Throwable cause) {}

    /** The source refused to be asked; the listener pauses its queries. */
    default void refused(Trigger trigger, Duration pause) {}

    /** Intake was paused because too much is pending. */
    default void full(long pending) {}

    /** An assignment ended. What still runs for it is ignored when it finishes, and will be delivered again. */
    default void fenced(TopicPartition partition, int running) {}
}
