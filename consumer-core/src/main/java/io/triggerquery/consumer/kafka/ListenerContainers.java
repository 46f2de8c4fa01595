package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.engine.Intake;
import io.triggerquery.consumer.engine.TriggerEngine;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Makes one spring-kafka container for each listener and leaves its life to spring-kafka's own registry. */
public final class ListenerContainers {

    private final KafkaListenerEndpointRegistry registry;
    private final DeadLetters deadLetters;
    private final Duration drainTimeout;

    /**
     * Creates the maker.
     *
     * @param drainTimeout how long a revocation waits for what runs
     */
    public ListenerContainers(KafkaListenerEndpointRegistry registry, DeadLetters deadLetters, Duration drainTimeout) {
        this.registry = registry;
        this.deadLetters = deadLetters;
        this.drainTimeout = drainTimeout;
    }

    /**
     * Registers a container; it starts with the registry.
     *
     * @param id the listener's id, under which the registry knows the container
     * @param groupId the group, or null for that of the factory
     * @param makeEngine makes the engine on an intake that pauses this container's partitions
     * @return the container
     */
    public MessageListenerContainer register(
            String id,
            String topic,
            @Nullable String groupId,
            ConcurrentKafkaListenerContainerFactory<?, ?> factory,
            Function<Intake, TriggerEngine> makeEngine) {
        TriggerEngine engine = makeEngine.apply(new PartitionPauser(registry, id));
        var handover = new PartitionHandover(engine, drainTimeout);
        var setup = new ContainerSetup(handover, drainTimeout, consumerConfig(factory));
        var listener = new TriggerMessageListener(engine, deadLetters);
        registry.registerListenerContainer(new ListenerEndpoint(id, topic, groupId, listener, setup), factory);
        return Objects.requireNonNull(registry.getListenerContainer(id));
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
