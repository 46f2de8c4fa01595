package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.engine.Intake;
import java.util.Collection;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ListenerContainerRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Pauses single partitions through their container, which keeps them paused over a rebalance and goes on polling. A
 * pause that an operator asked of the whole container is left alone.
 *
 * <p>Finds the container when it is needed: the container is made from the engine, which is made from this.
 */
final class PartitionPauser implements Intake {

    private final ListenerContainerRegistry containers;
    private final String listenerId;

    PartitionPauser(ListenerContainerRegistry containers, String listenerId) {
        this.containers = containers;
        this.listenerId = listenerId;
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        withContainer(container -> partitions.forEach(container::pausePartition));
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        withContainer(container -> partitions.forEach(container::resumePartition));
    }

    private void withContainer(Consumer<MessageListenerContainer> action) {
        MessageListenerContainer container = containers.getListenerContainer(listenerId);
        if (container != null) {
            action.accept(container);
        }
    }
}
