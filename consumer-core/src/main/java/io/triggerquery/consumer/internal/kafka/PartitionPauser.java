package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Intake;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ListenerContainerRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Pauses and resumes single partitions through their container. It does not change an operator's pause of the whole
 * container.
 *
 * <p>It looks the container up at each call, since the container is created later than this.
 */
final class PartitionPauser implements Intake {

    private final ListenerContainerRegistry containers;
    private final String listenerId;
    private final String retryTopic;

    PartitionPauser(ListenerContainerRegistry containers, String listenerId, String retryTopic) {
        this.containers = containers;
        this.listenerId = listenerId;
        this.retryTopic = retryTopic;
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        withContainer(container -> partitions.forEach(container::pausePartition));
    }

    /**
     * Resumes the partitions of the retry topic last. The first one wakes the consumer, which fetches the partitions
     * that are resumed by then. If these have no new records, the broker delays the answer by
     * {@code fetch.max.wait.ms}, and until then the consumer sends no other fetch.
     */
    @Override
    public void resume(Collection<TopicPartition> partitions) {
        List<TopicPartition> inOrder = partitions.stream()
                .sorted(Comparator.comparing(partition -> partition.topic().equals(retryTopic)))
                .toList();
        withContainer(container -> inOrder.forEach(container::resumePartition));
    }

    private void withContainer(Consumer<MessageListenerContainer> action) {
        MessageListenerContainer container = containers.getListenerContainer(listenerId);
        if (container != null) {
            action.accept(container);
        }
    }
}
