package io.triggerquery.producer;

/**
 * Publishes triggers: messages that report that the state of an id has changed.
 *
 * <p>Call it inside the business transaction. A trigger is sent after the commit and never before it, so that a
 * consumer that queries at once finds the new state. It may be sent more than once, which is harmless.
 *
 * <p>No method waits for Kafka. Threads: any.
 *
 * <p>Errors: {@code publish} throws {@link TriggerRejectedException} if the trigger is not accepted, so that the
 * transaction around it rolls back; {@code tryPublish} returns {@link Receipt.Rejected} instead. Both log an error.
 * Both also throw exceptions of an outbox's database, and {@link NotRegisteredException} if a relay service does not
 * register the trigger before the commit.
 */
public interface TriggerPublisher {

    /**
     * Publishes a trigger.
     *
     * @param destination the logical name, mapped to a topic by {@code triggerquery.producer.destinations.NAME.topic}
     *     when the trigger is sent, so that triggers in a store survive a renamed topic
     * @param id the id whose state has changed; see {@link TriggerIdFormat}
     * @return where the trigger is kept until Kafka has it
     * @throws TriggerRejectedException if the trigger is not accepted; it will not be sent
     */
    default Receipt.Accepted publish(String destination, String id) {
        return TriggerRejectedException.requireAccepted(tryPublish(destination, id));
    }

    /**
     * Publishes a trigger with a lower bound of the version that the source answers once the change is committed. A
     * consumer treats an answer with a lower version as stale, as one from a replica may be, and queries again. It may
     * skip the query if it has applied a version that is strictly higher.
     *
     * <p>So the version is the one that the state had before the change, or the one that the change makes, or any
     * between them. A field with JPA's {@code @Version} holds the version before the change until the entity is
     * flushed; that is a correct value. With a lower version the query may be skipped and the change missed. A version
     * higher than the one that the change makes is queried for until a later change reaches it.
     *
     * <p>Leave the version out, by {@link #publish(String, String)}, for a deletion, for an id that may be created
     * again with a lower version, and where the version is a time or is not known. Triggers of one id that are kept
     * together are sent as one: with the highest version if all have one, else without a version.
     *
     * @param version at least 0
     * @throws TriggerRejectedException if the trigger is not accepted; it will not be sent
     */
    default Receipt.Accepted publish(String destination, String id, long version) {
        return TriggerRejectedException.requireAccepted(tryPublish(destination, id, version));
    }

    /** Publishes like {@link #publish(String, String)}, but returns {@link Receipt.Rejected} instead of throwing. */
    Receipt tryPublish(String destination, String id);

    /**
     * Publishes like {@link #publish(String, String, long)}, but returns {@link Receipt.Rejected} instead of throwing.
     */
    Receipt tryPublish(String destination, String id, long version);
}
