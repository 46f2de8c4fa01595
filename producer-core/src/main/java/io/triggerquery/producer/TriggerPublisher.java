package io.triggerquery.producer;

/**
 * Sends triggers: ids whose state has changed.
 *
 * <p>Call it inside the business transaction. A trigger is sent after the commit and never before it, so that a
 * consumer that asks at once finds the new state. It may be sent more than once, which is harmless: a trigger only
 * says "look again".
 *
 * <p>Threads: any. Failure: a trigger that cannot be accepted is {@link Receipt.Rejected}, and an error is logged.
 * What the database itself refuses is thrown, as any other statement of the transaction would, so that the change
 * and its trigger fail together.
 */
public interface TriggerPublisher {

    /**
     * Publishes a trigger. It never waits for Kafka.
     *
     * @param destination the logical name, mapped to a topic by {@code triggerquery.producer.destinations.NAME.topic}
     *     when the trigger is sent, so that what waits survives a renamed topic
     * @param id the id to look at again; see {@link TriggerIdRule}
     * @return what has been reached; a {@link Receipt.Rejected} trigger will never be sent
     */
    Receipt publish(String destination, String id);
}
