package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

class PartitionPauserTest {

    private final List<String> asked = new ArrayList<>();
    private final MessageListenerContainer container = (MessageListenerContainer) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {MessageListenerContainer.class}, (self, method, arguments) -> {
                asked.add(method.getName() + " " + arguments[0]);
                return null;
            });
    private final PartitionPauser pauser = new PartitionPauser(
            new KafkaListenerEndpointRegistry() {
                @Override
                public MessageListenerContainer getListenerContainer(String id) {
                    return container;
                }
            },
            "listener",
            "retry");

    /** A consumer woken by the first resume must not find only the retry topic resumed, and wait there. */
    @Test
    void resumesRetryTopicLast() {
        Set<TopicPartition> partitions = Set.of(
                new TopicPartition("retry", 0), new TopicPartition("triggers", 0), new TopicPartition("retry", 1));
        pauser.resume(partitions);

        assertThat(asked.get(0)).isEqualTo("resumePartition triggers-0");
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "resumePartition triggers-0", "resumePartition retry-0", "resumePartition retry-1");
    }

    @Test
    void pausesEachPartition() {
        pauser.pause(List.of(new TopicPartition("triggers", 0), new TopicPartition("retry", 0)));
        assertThat(asked).containsExactly("pausePartition triggers-0", "pausePartition retry-0");
    }
}
