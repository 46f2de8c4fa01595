package io.triggerquery.producer;

/**
 * Sends triggers: ids whose state has changed.
 *
 * <p>Call it inside the business transaction. A trigger is sent after the commit and never before it, so that a
 * consumer that asks at once finds the new state.
 *
 * <p>Threads: any. Failure: never throws for a trigger that cannot be sent; the {@link Receipt} says what was reached.
 */
public interface TriggerPublisher {

    /**
     * Publishes a trigger.
     *
     * @param destination the logical name, mapped to a topic when the trigger is sent
     * @param id the id to look at again; see the consumer for what an id may contain
     */
    Receipt publish(String destination, String id);
}
