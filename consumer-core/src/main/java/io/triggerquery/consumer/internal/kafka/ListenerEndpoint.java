package io.triggerquery.consumer.internal.kafka;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.kafka.config.AbstractKafkaListenerEndpoint;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.listener.adapter.RecordFilterStrategy;
import org.springframework.kafka.support.converter.MessageConverter;

/**
 * The spring-kafka endpoint of a listener: its topics and its group. It extends spring-kafka's own endpoint because a
 * factory applies the record filter only to such endpoints.
 */
final class ListenerEndpoint extends AbstractKafkaListenerEndpoint<byte[], byte[]> {

    private final TriggerMessageListener listener;

    /**
     * Creates the endpoint.
     *
     * @param topics the trigger topics and the retry topic
     */
    ListenerEndpoint(
            ListenerContainers.Registration registration,
            List<String> topics,
            TriggerMessageListener listener,
            ContainerPostProcessor<?, ?, ?> setup) {
        this.listener = listener;
        Subscription subscription = registration.subscription();
        setId(registration.id());
        setTopics(topics.toArray(String[]::new));
        if (subscription.groupId() != null) {
            setGroupId(subscription.groupId());
        }
        if (subscription.clientIdPrefix() != null) {
            setClientIdPrefix(subscription.clientIdPrefix());
        }
        if (registration.settings().autoStartup() != null) {
            setAutoStartup(registration.settings().autoStartup());
        }
        setBatchListener(false);
        setContainerPostProcessor(setup);
    }

    /**
     * Rejects a record filter; called by a factory that has one.
     *
     * @throws FailureAnalyzedException always
     */
    @Override
    public void setRecordFilterStrategy(@Nullable RecordFilterStrategy<? super byte[], ? super byte[]> filter) {
        throw refused(getId(), "RecordFilterStrategy");
    }

    /** Creates the exception for a part that decides about records, which must not be ignored silently. */
    static FailureAnalyzedException refused(@Nullable String listenerId, String part) {
        return new FailureAnalyzedException(
                "The container factory of the trigger listener '" + listenerId + "' has a " + part
                        + ", which a trigger listener does not call.",
                "Use a RecordInterceptor that returns null for records to be skipped, or give @TriggerQueryListener a"
                        + " containerFactory of its own without the " + part + ".");
    }

    @Override
    public void setupListenerContainer(MessageListenerContainer container, @Nullable MessageConverter converter) {
        container.setupMessageListener(listener);
    }

    @Override
    protected MessagingMessageListenerAdapter<byte[], byte[]> createMessageListener(
            MessageListenerContainer container, @Nullable MessageConverter converter) {
        throw new UnsupportedOperationException("a trigger listener does not convert messages");
    }
}
