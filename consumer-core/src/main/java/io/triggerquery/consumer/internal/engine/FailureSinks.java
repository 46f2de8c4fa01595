package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;

/**
 * Sends triggers to the retry topic and the dead-letter topic.
 *
 * <p>Threads: workers, several at once. Both return once all in-sync replicas of the broker have
 * the trigger; then its deliveries are settled.
 */
public interface FailureSinks {

    /**
     * A trigger for the retry topic.
     *
     * @param history the failures so far, to be handed back with the trigger
     */
    record Deferred(Trigger trigger, RetryHistory history) {}

    /** The topic that {@link #defer} writes to and whose records come back as {@link Work.Refresh} with a {@link RetryHistory}. */
    String retryTopic();

    /**
     * Sends triggers of different ids to the retry topic.
     *
     * @throws Exception if that is not certain for one of them; all are tried again later
     */
    void defer(List<Deferred> triggers) throws Exception;

    /**
     * Sends the trigger to the dead-letter topic.
     *
     * @param cause why it can never be applied
     * @throws Exception if that is not certain; the id is tried again later
     */
    void deadLetter(Trigger trigger, Throwable cause) throws Exception;
}
