package io.triggerquery.producer;

/**
 * Sends triggers: ids whose state has changed.
 *
 * <p>Call it inside the business transaction. A trigger is sent after the commit and never before it, so that a
 * consumer that asks at once finds the new state. It may be sent more than once, which is harmless: a trigger only
 * says "look again".
 *
 * <p>Threads: any. Failure: a trigger that cannot be accepted is {@link Receipt.Rejected}, and an error is logged.
 * What the database itself refuses to an outbox is thrown, as any other statement of the transaction would, so that the
 * change and its trigger fail together; so is what a relay service refuses to register before the commit.
 */
@FunctionalInterface
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

    /**
     * Publishes a trigger and says which version of the state the change made. A consumer then holds an answer that is
     * older than that for stale, as one from a replica may be, and asks again.
     *
     * <p>A publisher that does not override this leaves the version out.
     *
     * @param version the version that the query's answer will have at least, not negative
     */
    default Receipt publish(String destination, String id, long version) {
        return publish(destination, id);
    }
}
