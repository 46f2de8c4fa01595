package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that projects the current state of an id, or a record that is projected to a table without a method:
 * see {@link TriggerQueryProjection}. All attributes have the same meaning on both.
 *
 * <p>The method returns nothing and has a parameter for the state: the state type of the source, a {@link Snapshot} of
 * it, which may be absent, or a {@code List} of either, for several ids in one call. It may have a second parameter, in
 * any order: the {@link Trigger}, or, with a list of states, a {@code List<Trigger>} in the same order. If several
 * triggers of an id were merged, it receives the merged one. The method is called on a worker thread, at most once at a
 * time for one id of this listener, and in parallel for different ids. It must be idempotent.
 *
 * <p>Several triggers of an id may cause one call; a trigger with a lower version than the applied one causes none. If
 * the method throws, query and projection are repeated at growing intervals until they succeed. The trigger's offset is
 * committed when they have succeeded, when the trigger has been deferred to the {@link #retryTopic()}, or when it has
 * been sent to the dead-letter topic because it can never succeed.
 *
 * <pre>{@code
 * @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
 * void project(Billing billing) {
 *     payments.updateBilling(billing);
 * }
 * }</pre>
 *
 * <p>In all attributes with text, placeholders ({@code ${...}}) and then SpEL expressions ({@code #{...}}) are
 * resolved, as in {@code @KafkaListener}; {@code #{__listener}} is the bean itself.
 *
 * <p>Settings of a listener are in {@code triggerquery.defaults} and in {@code triggerquery.listeners.ID}. An attribute
 * that is not empty overrides the setting of the same meaning. {@code unicodeIds} and the setting {@code unicode-ids}
 * permit Unicode ids if one of them is true.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TriggerQueryListener {

    /**
     * Returns the topics of the triggers, at least one; patterns are not supported. An id that occurs in several of
     * them is one id for the listener: its triggers are merged, and one query settles all. An expression may return a
     * collection or an array.
     */
    String[] topics();

    /** Returns the interface or class, annotated with {@link Source}, that queries the state. */
    Class<?> source() default void.class;

    /**
     * Returns the name of the bean of type {@link io.triggerquery.consumer.spi.SourceQuery} that queries the state.
     * Exactly one of {@link #source()} and this is required.
     */
    String query() default "";

    /**
     * Returns the listener's name in settings, logs, meters and the container registry; by default the topic. Required
     * if there are several topics.
     */
    String id() default "";

    /** Returns the consumer group; by default {@code spring.kafka.consumer.group-id}. */
    String groupId() default "";

    /**
     * Returns the retry topic, which belongs to this listener alone; by default {@code TOPIC-GROUP-retry}, or {@code
     * ID-GROUP-retry} if there are several topics. The trigger of an id that has failed for {@code defer-after} is sent
     * to it, so that its offset can be committed. The same group reads it. It is created if it is missing.
     */
    String retryTopic() default "";

    /**
     * Returns the place of the id in a record; by default the setting {@code id-from}, and then {@code value}. One of:
     *
     * <ul>
     *   <li>{@code value}: the value is the id
     *   <li>{@code key}: the key is the id
     *   <li>{@code header:NAME}: a header
     *   <li>{@code json:/pointer}: a JSON pointer into the value; a string, an integer, or an array of them, which are
     *       several ids. {@code json:} is the value itself
     *   <li>{@code cloudevent}: the {@code subject} of a CloudEvent in binary or structured mode; {@code
     *       cloudevent:NAME} another attribute, {@code cloudevent:/pointer} a JSON pointer into its data
     *   <li>{@code debezium}: the only field in the key of a Debezium change event in JSON; {@code debezium:FIELD} one
     *       of several. Tombstones are ignored
     * </ul>
     *
     * A record without an id in its place goes to the dead-letter topic with the reason.
     */
    String idFrom() default "";

    /**
     * Returns the place of the version in a record; by default the setting {@code version-from}, and then the header
     * {@code triggerquery-version}. One of {@code header:NAME}, {@code json:/pointer}, {@code cloudevent:NAME}, {@code
     * cloudevent:/pointer} and {@code debezium:FIELD}, a field of the row after the change or before its deletion. A
     * version is a decimal number from 0 to {@code Long.MAX_VALUE}; a record without one is processed without a
     * version. The version of a record with several ids holds for each of them.
     */
    String versionFrom() default "";

    /**
     * Returns the bean name of a {@link io.triggerquery.consumer.spi.TriggerDecoder} that decodes the records, instead
     * of {@link #idFrom()} and {@link #versionFrom()}.
     */
    String decoder() default "";

    /**
     * Returns whether ids may be any Unicode text of 1 to 256 bytes in UTF-8, except {@code .} and {@code ..}, without
     * control, format and line separator characters. By default the setting {@code unicode-ids}, and then {@link
     * TriggerIdRule}, applies. Such ids are percent-encoded in the addresses of Feign's queries, and in log lines and
     * messages. A client that the application provides as a bean must encode them itself.
     */
    boolean unicodeIds() default false;

    /**
     * Returns the maximum number of rounds (query and projection) of this listener at the same time, 1 to 10000; by
     * default the setting {@code parallelism}. It is independent of the number of partitions, and of the {@code
     * concurrency} of {@code @KafkaListener}, which is the number of consumers: that is {@code
     * spring.kafka.listener.concurrency} here as well.
     */
    String parallelism() default "";

    /**
     * Returns {@code true} or {@code false}: whether the listener starts with the application; by default the setting
     * {@code auto-startup}, and then that of the container factory. A listener that does not is started by {@code
     * KafkaListenerEndpointRegistry.getListenerContainer(id).start()}, which throws an exception if one of its topics
     * does not exist and {@code missing-topics} is {@code fail}.
     */
    String autoStartup() default "";

    /**
     * Returns properties of the Kafka consumer, each as {@code "name=value"} or in any other form of {@link
     * java.util.Properties}; they override those of the container factory. The start fails for {@code group.id} and
     * {@code client.id}, which have their own attributes, and for properties that the listener sets itself. An
     * expression may return a collection or an array.
     */
    String[] properties() default {};

    /** Returns the prefix of the consumers' client ids; by default that of the container factory. */
    String clientIdPrefix() default "";

    /**
     * Returns the bean name of the {@code ConcurrentKafkaListenerContainerFactory} that creates the container. Its
     * settings apply, except for manual acknowledgment, byte array deserializers and no auto commit.
     */
    String containerFactory() default "kafkaListenerContainerFactory";
}
