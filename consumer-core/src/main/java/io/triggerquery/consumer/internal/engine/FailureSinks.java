package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;

/**
 * Sends triggers to the retry topic and the dead-letter topic.
 *
 * <p>Threads: workers, several at once. Both methods return once the broker has acknowledged the trigger for all
 * in-sync replicas; then its deliveries are settled.
 */
public interface FailureSinks {

    /**
     * A trigger for the retry topic.
     *
     * @param history its failures so far, which come back with the trigger
     */
    record Deferred(Trigger trigger, RetryHistory history) {}

    /**
     * Returns the topic that {@link #defer} writes to; its records come back as {@link Work.Refresh} with a
     * {@link RetryHistory}.
     */
    String retryTopic();

    /**
     * Sends triggers of different ids to the retry topic.
     *
     * @throws Exception if one of them is not acknowledged; all are sent again later
     */
    void defer(List<Deferred> triggers) throws Exception;

    /**
     * Sends the trigger to the dead-letter topic.
     *
     * @param cause the permanent failure
     * @throws Exception if it is not acknowledged; it is sent again later
     */
    void deadLetter(Trigger trigger, Throwable cause) throws Exception;
}
