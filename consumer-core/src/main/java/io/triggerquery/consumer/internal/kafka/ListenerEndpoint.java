package io.triggerquery.consumer.internal.kafka;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.converter.MessageConverter;

/** The spring-kafka endpoint of a listener: its topics and its group. */
final class ListenerEndpoint implements KafkaListenerEndpoint {

    private final String id;
    private final List<String> topics;
    private final @Nullable String groupId;
    private final TriggerMessageListener listener;
    private final ContainerPostProcessor<?, ?, ?> postProcessor;

    ListenerEndpoint(
            String id,
            List<String> topics,
            @Nullable String groupId,
            TriggerMessageListener listener,
            ContainerPostProcessor<?, ?, ?> postProcessor) {
        this.id = id;
        this.topics = List.copyOf(topics);
        this.groupId = groupId;
        this.listener = listener;
        this.postProcessor = postProcessor;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public @Nullable String getGroupId() {
        return groupId;
    }

    @Override
    public Collection<String> getTopics() {
        return topics;
    }

    @Override
    public void setupListenerContainer(MessageListenerContainer container, @Nullable MessageConverter converter) {
        container.setupMessageListener(listener);
    }

    @Override
    public ContainerPostProcessor<?, ?, ?> getContainerPostProcessor() {
        return postProcessor;
    }

    @Override
    public Boolean getBatchListener() {
        return false;
    }

    @Override
    public boolean isSplitIterables() {
        return false;
    }

    @Override
    public @Nullable String getGroup() {
        return null;
    }

    @Override
    public TopicPartitionOffset @Nullable [] getTopicPartitionsToAssign() {
        return null;
    }

    @Override
    public @Nullable Pattern getTopicPattern() {
        return null;
    }

    @Override
    public @Nullable String getClientIdPrefix() {
        return null;
    }

    @Override
    public @Nullable Integer getConcurrency() {
        return null;
    }

    @Override
    public @Nullable Boolean getAutoStartup() {
        return null;
    }

    @Override
    public @Nullable String getAckMode() {
        return null;
    }
}
