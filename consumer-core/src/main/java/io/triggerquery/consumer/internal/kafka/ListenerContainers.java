package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import io.triggerquery.consumer.internal.engine.Intake;
import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;

/** Creates a spring-kafka container for each listener and registers it in spring-kafka's registry. */
public final class ListenerContainers implements AutoCloseable {

    private final KafkaListenerEndpointRegistry registry;
    private final Timer timer;
    private final InstantSource clock;
    private final Supplier<DeclaredTopics> declared;
    private final ControlTopics controls;
    private final Map<Map<String, Object>, Cluster> clusters = new HashMap<>();
    private final Map<Group, Set<String>> topicsOfGroups = new HashMap<>();
    private final Map<List<String>, String> readers = new HashMap<>();

    private record Group(Cluster cluster, String name) {}

    /**
     * Creates the factory.
     *
     * @param timer paces the commits
     * @param clock the clock for the times in headers
     * @param declared returns the topics that the application declares; called when a listener starts
     * @param controls the control topics of the groups
     */
    public ListenerContainers(
            KafkaListenerEndpointRegistry registry,
            Timer timer,
            InstantSource clock,
            Supplier<DeclaredTopics> declared,
            ControlTopics controls) {
        this.registry = registry;
        this.timer = timer;
        this.clock = clock;
        this.declared = declared;
        this.controls = controls;
    }

    /** Creates the engine of a listener. */
    @FunctionalInterface
    public interface EngineMaker {

        /**
         * Creates the engine.
         *
         * @param intake pauses this container's partitions
         * @param failureSinks writes to this listener's retry and dead-letter topics
         */
        TriggerEngine make(Intake intake, FailureSinks failureSinks);
    }

    /**
     * What is registered.
     *
     * @param id the listener's id, under which the registry knows the container
     * @param subscription the listener's topics and group
     * @param settings the settings of its container
     * @param decoder decodes its records
     */
    public record Registration(
            String id, Subscription subscription, ContainerSettings settings, RecordDecoder decoder) {}

    /**
     * Registers a container, which starts with the registry.
     *
     * @param makeEngine creates the engine
     * @param listener is notified of failures and losses of reading
     * @return the registered listener
     */
    public RegisteredListener register(
            Registration registration,
            ConcurrentKafkaListenerContainerFactory<?, ?> factory,
            EngineMaker makeEngine,
            ReadingListener listener) {
        String id = registration.id();
        Subscription subscription = registration.subscription();
        Map<String, Object> consumerConfig = consumerConfig(factory, subscription);
        String group = group(id, subscription, factory);
        var retryTopic = ManagedTopic.Retry.of(id, subscription.topics(), group, subscription.retryTopic());
        List<String> topics = retryTopic.withTriggerTopics();
        topics.forEach(topic -> reserve(id, topic, group, consumerConfig));
        Cluster cluster = clusters.computeIfAbsent(Cluster.connection(consumerConfig), Cluster::new);
        topicsOf(cluster, group).addAll(topics);
        var failureTopics = FailureTopics.of(retryTopic, group, cluster, registration.decoder(), clock);
        TriggerEngine engine =
                makeEngine.make(new PartitionPauser(registry, id, retryTopic.name()), failureTopics.failureSinks());
        Reading reading = Reading.of(cluster, consumerConfig, timer, engine, listener);
        Set<String> awaited = ConcurrentHashMap.newKeySet();
        TopicCheck topicCheck = topicCheck(registration, retryTopic, cluster, group, awaited);
        ControlTopic control = controls.of(cluster, group, timer);
        var acknowledgments = new PacedAcknowledgments(timer);
        var firstRead = new InitialOffsets(
                retryTopic.name(), reading.resetsToEarliest(), reading.positions(), reading.listener(), awaited);
        Duration drainTimeout = registration.settings().drainTimeout();
        var handover = new PartitionHandover(engine, acknowledgments, drainTimeout, firstRead);
        var messages = new TriggerMessageListener(
                engine,
                failureTopics.reader(),
                acknowledgments,
                reading.positions(),
                registration.decoder().mayReturnSeveral());
        var setup = new ContainerSetup(
                messages, handover, drainTimeout, consumerConfig, subscription.properties(), reading);
        registry.registerListenerContainer(
                new ListenerEndpoint(registration, topics, messages, setup), new CheckedStart(factory, () -> {
                    topicCheck.run(declared.get());
                    control.start();
                }));
        return new RegisteredListener(
                engine,
                Objects.requireNonNull(registry.getListenerContainer(id)),
                new RegisteredListener.Names(group, retryTopic.name()),
                new GroupOffsets(cluster, group, reading.positions()),
                reading.failures(),
                topicCheck,
                control,
                new RegisteredListener.Letters(failureTopics.replay(), failureTopics.letters()),
                failureTopics.drain());
    }

    private TopicCheck topicCheck(
            Registration registration,
            ManagedTopic.Retry retryTopic,
            Cluster cluster,
            String group,
            Set<String> awaited) {
        var orphaned = new OrphanedRetryTopics(retryTopic, group, topicsOf(cluster, group));
        return new TopicCheck(
                registration.id(), retryTopic, registration.settings().missingTopics(), cluster, orphaned, awaited);
    }

    @Override
    public void close() {
        clusters.values().forEach(Cluster::close);
    }

    private Set<String> topicsOf(Cluster cluster, String group) {
        return topicsOfGroups.computeIfAbsent(new Group(cluster, group), any -> ConcurrentHashMap.newKeySet());
    }

    /**
     * Rejects a second listener for a topic and group: the two would share the partitions, and each would read only a
     * part.
     */
    private void reserve(String listenerId, String topic, String group, Map<String, Object> consumerConfig) {
        Object cluster = consumerConfig.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
        String other = readers.putIfAbsent(List.of(topic, group, String.valueOf(cluster)), listenerId);
        if (other != null) {
            throw new FailureAnalyzedException(
                    "The trigger listeners '" + other + "' and '" + listenerId + "' would both read the topic '" + topic
                            + "' in the group '" + group + "', as trigger topic or as retry topic.",
                    "Give one of them a groupId or a retryTopic of its own in @TriggerQueryListener.");
        }
    }

    /**
     * Returns the group of a listener.
     *
     * @throws FailureAnalyzedException if it has none
     */
    public static String group(
            String listenerId, Subscription subscription, ConcurrentKafkaListenerContainerFactory<?, ?> factory) {
        String ofFactory = factory.getContainerProperties().getGroupId();
        Object group = subscription.groupId() != null
                ? subscription.groupId()
                : ofFactory != null
                        ? ofFactory
                        : consumerConfig(factory, subscription).get(ConsumerConfig.GROUP_ID_CONFIG);
        if (group == null || group.toString().isBlank()) {
            throw new FailureAnalyzedException(
                    "The trigger listener '" + listenerId + "' has no consumer group.",
                    "Set spring.kafka.consumer.group-id, or groupId of @TriggerQueryListener.");
        }
        return group.toString();
    }

    /** Returns the properties of the listener's consumers; the nearer win: its own, the container's, the factory's. */
    private static Map<String, Object> consumerConfig(
            ConcurrentKafkaListenerContainerFactory<?, ?> factory, Subscription subscription) {
        ConsumerFactory<?, ?> consumers = factory.getConsumerFactory();
        if (consumers == null) {
            throw new IllegalStateException(
                    "the container factory of a trigger listener has no consumer factory; set one");
        }
        if (consumers.getKeyDeserializer() != null || consumers.getValueDeserializer() != null) {
            throw new FailureAnalyzedException(
                    "The container factory's consumer factory holds deserializer objects, which cannot be replaced.",
                    "Name the deserializers by their classes, or give @TriggerQueryListener a container factory of its"
                            + " own: triggers are read as bytes.");
        }
        Map<String, Object> config = new HashMap<>(consumers.getConfigurationProperties());
        Properties ofContainer = factory.getContainerProperties().getKafkaConsumerProperties();
        ofContainer.forEach((name, value) -> config.put(name.toString(), value));
        config.putAll(subscription.properties());
        return config;
    }
}
