package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that projects the current state of an id.
 *
 * <p>The method takes exactly one parameter and returns nothing: the state type that the {@link #source()} interface
 * returns, a {@link Snapshot} of it, which may be absent, or a {@code List} of either, which is all in one call. It is
 * called on a worker thread, never twice at the same time for one id of this listener, and often in parallel for
 * different ids. It must be idempotent.
 *
 * <p>Several triggers of an id are one call, and one for a version that has been applied is none. If the method throws, the
 * round is repeated, with growing intervals, until it succeeds. Only then is the trigger's offset committed, or when the
 * trigger has been deferred in the {@link #retryTopic()}, or sent to the dead-letter topic because it can never succeed.
 *
 * <pre>{@code
 * @TriggerQueryListener(topic = "billing.billing-changed", source = BillingSource.class)
 * void project(Billing billing) {
 *     payments.updateBilling(billing);
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TriggerQueryListener {

    /** The topic that carries the triggers. Placeholders are resolved. */
    String topic();

    /** The Feign interface, annotated with {@link Source}, that is asked for the state. */
    Class<?> source();

    /** The listener's name in logs, meters and container registry; by default the topic. Placeholders are resolved. */
    String id() default "";

    /** The consumer group; by default {@code spring.kafka.consumer.group-id}. Placeholders are resolved. */
    String groupId() default "";

    /**
     * The topic of this listener alone to which the trigger of an id that has failed for {@code triggerquery.defer-after}
     * is sent again, so that its offset can be committed; by default {@code TOPIC-GROUP-retry}. It is read by the same
     * group, and created when it is missing. Placeholders are resolved.
     */
    String retryTopic() default "";

    /**
     * How many rounds of this listener are under way at once, 1 to 10000; by default {@code triggerquery.concurrency}.
     * Placeholders are resolved.
     */
    String concurrency() default "";

    /**
     * The bean name of the {@code ConcurrentKafkaListenerContainerFactory} that makes the container. Its settings hold,
     * except those that the mechanism itself needs: manual acknowledgment, byte array deserializers, no auto commit.
     */
    String containerFactory() default "kafkaListenerContainerFactory";
}
