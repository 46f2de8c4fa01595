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
     * @param id the id to look at again; see {@link TriggerIdFormat}
     * @return what has been reached; a {@link Receipt.Rejected} trigger will never be sent
     */
    Receipt publish(String destination, String id);

    /**
     * Publishes a trigger with a lower bound of the version that the source answers once the change is committed. A
     * consumer then holds an answer that is older than that for stale, as one from a replica may be, and asks again. It may
     * also skip the query if it has applied a version that is strictly higher.
     *
     * <p>So the version is the one that the state had before the change, or the one that the change makes, or any between
     * them. A field with JPA's {@code @Version} holds the version before the change until the entity is flushed; that is
     * a correct value. One lower than that may be skipped, and the change is missed. One higher than what the change makes
     * is asked for until some later change reaches it.
     *
     * <p>Leave the version out, by {@link #publish(String, String)}, for a deletion, for an id that may be made again at a
     * lower version, and where the version is a time or is not known. While triggers of one id wait, they are sent as one:
     * with the highest version if all have one, else without a version.
     *
     * <p>A publisher that does not override this leaves the version out.
     *
     * @param version not negative
     */
    default Receipt publish(String destination, String id, long version) {
        return publish(destination, id);
    }
}
