package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that projects the current state of an id.
 *
 * <p>The method returns nothing and has exactly one parameter: the state type of the source, a {@link
 * Snapshot} of it, which may be absent, or a {@code List} of either, for several ids in one call. It is called on a worker
 * thread, at most once at a time for one id of this listener, and in parallel for different ids. It must be idempotent.
 *
 * <p>Several triggers of an id may cause one call; a trigger with a lower version than the applied one causes none. If the
 * method throws, query and projection are repeated at growing intervals until they succeed. The trigger's offset is
 * committed when they have succeeded, when the trigger has been deferred to the {@link #retryTopic()}, or when it has been
 * sent to the dead-letter topic because it can never succeed.
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

    /** Returns the topic of the triggers. Placeholders are resolved. */
    String topic();

    /** Returns the interface or class, annotated with {@link Source}, that queries the state. */
    Class<?> source() default void.class;

    /**
     * Returns the name of the bean of type {@link io.triggerquery.consumer.spi.SourceQuery} that queries the state. Exactly
     * one of {@link #source()} and this is required. Placeholders are resolved.
     */
    String query() default "";

    /** Returns the listener's name in logs, meters and the container registry; by default the topic. Placeholders are resolved. */
    String id() default "";

    /** Returns the consumer group; by default {@code spring.kafka.consumer.group-id}. Placeholders are resolved. */
    String groupId() default "";

    /**
     * Returns the retry topic, which belongs to this listener alone; by default {@code TOPIC-GROUP-retry}. The trigger of an
     * id that has failed for {@code triggerquery.defer-after} is sent to it, so that its offset can be committed. The same
     * group reads it. It is created if it is missing. Placeholders are resolved.
     */
    String retryTopic() default "";

    /**
     * Returns the number of concurrent queries of this listener, 1 to 10000; by default {@code triggerquery.concurrency}.
     * Placeholders are resolved.
     */
    String concurrency() default "";

    /**
     * Returns the bean name of the {@code ConcurrentKafkaListenerContainerFactory} that creates the container. Its settings
     * apply, except for manual acknowledgment, byte array deserializers and no auto commit.
     */
    String containerFactory() default "kafkaListenerContainerFactory";
}
