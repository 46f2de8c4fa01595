package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.engine.Intake;
import io.triggerquery.consumer.engine.Outlets;
import io.triggerquery.consumer.engine.TriggerEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;

/** Makes one spring-kafka container for each listener and leaves its life to spring-kafka's own registry. */
public final class ListenerContainers implements AutoCloseable {

    private final KafkaListenerEndpointRegistry registry;
    private final Duration drainTimeout;
    private final List<DeadLetters> deadLetters = new ArrayList<>();
    private final List<GroupOffsets> offsets = new ArrayList<>();

    /**
     * Creates the maker.
     *
     * @param drainTimeout how long a revocation waits for what runs
     */
    public ListenerContainers(KafkaListenerEndpointRegistry registry, Duration drainTimeout) {
        this.registry = registry;
        this.drainTimeout = drainTimeout;
    }

    /** Makes the engine of a listener. */
    @FunctionalInterface
    public interface EngineMaker {

        /**
         * Makes it.
         *
         * @param intake pauses this container's partitions
         * @param outlets writes to this listener's retry and dead-letter topics
         */
        TriggerEngine make(Intake intake, Outlets outlets);
    }

    /**
     * Registers a container; it starts with the registry.
     *
     * @param id the listener's id, under which the registry knows the container
     * @param groupId the group, or null for that of the factory
     * @param makeEngine makes the engine
     * @return what is left to do when the application starts
     */
    public RegisteredListener register(
            String id,
            String topic,
            @Nullable String groupId,
            ConcurrentKafkaListenerContainerFactory<?, ?> factory,
            EngineMaker makeEngine) {
        Map<String, Object> consumerConfig = consumerConfig(factory);
        String group = group(id, groupId, factory, consumerConfig);
        var cluster = new Cluster(consumerConfig);
        var letters = new DeadLetters(cluster, group);
        deadLetters.add(letters);
        var groupOffsets = new GroupOffsets(cluster, group);
        offsets.add(groupOffsets);
        var outlets = new KafkaOutlets(topic + "-" + group + "-retry");
        TriggerEngine engine = makeEngine.make(new PartitionPauser(registry, id), outlets);
        var setup = new ContainerSetup(new PartitionHandover(engine, drainTimeout), drainTimeout, consumerConfig);
        var listener = new TriggerMessageListener(engine, letters);
        registry.registerListenerContainer(new ListenerEndpoint(id, topic, groupId, listener, setup), factory);
        return new RegisteredListener(
                engine,
                Objects.requireNonNull(registry.getListenerContainer(id)),
                outlets.retryTopic(),
                groupOffsets,
                new TopicCheck(id, topic, cluster));
    }

    @Override
    public void close() {
        deadLetters.forEach(DeadLetters::close);
        offsets.forEach(GroupOffsets::close);
    }

    private static String group(
            String listenerId,
            @Nullable String ofListener,
            ConcurrentKafkaListenerContainerFactory<?, ?> factory,
            Map<String, Object> consumerConfig) {
        String ofFactory = factory.getContainerProperties().getGroupId();
        Object group = ofListener != null
                ? ofListener
                : ofFactory != null ? ofFactory : consumerConfig.get(ConsumerConfig.GROUP_ID_CONFIG);
        if (group == null || group.toString().isBlank()) {
            throw new FailureAnalyzedException(
                    "The trigger listener '" + listenerId + "' has no consumer group.",
                    "Set spring.kafka.consumer.group-id, or groupId of @TriggerQueryListener.");
        }
        return group.toString();
    }

    private static Map<String, Object> consumerConfig(ConcurrentKafkaListenerContainerFactory<?, ?> factory) {
        ConsumerFactory<?, ?> consumers = factory.getConsumerFactory();
        if (consumers == null) {
            throw new IllegalStateException("the container factory has no consumer factory");
        }
        if (consumers.getKeyDeserializer() != null || consumers.getValueDeserializer() != null) {
            throw new FailureAnalyzedException(
                    "The container factory's consumer factory holds deserializer objects, which cannot be replaced.",
                    "Name the deserializers by their classes, or give @TriggerQueryListener a container factory of its"
                            + " own: triggers are read as bytes.");
        }
        return consumers.getConfigurationProperties();
    }
}
