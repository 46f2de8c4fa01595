package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;

/**
 * Where a trigger goes that is put aside.
 *
 * <p>Threads: workers, several at once. Both return once all in-sync replicas of the broker have
 * the trigger; then its deliveries are settled.
 */
public interface Outlets {

    /**
     * A trigger for the retry topic.
     *
     * @param past the failures so far, to be handed back with the trigger
     */
    record Parked(Trigger trigger, Past past) {}

    /** The topic that {@link #park} writes to and whose records come back as {@link Work.Refresh} with a {@link Past}. */
    String retryTopic();

    /**
     * Sends triggers of different ids to the retry topic.
     *
     * @throws Exception if that is not certain for one of them; all are tried again later
     */
    void park(List<Parked> triggers) throws Exception;

    /**
     * Sends the trigger to the dead-letter topic.
     *
     * @param cause why it can never be applied
     * @throws Exception if that is not certain; the id is tried again later
     */
    void bury(Trigger trigger, Throwable cause) throws Exception;
}
