package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicScanTest {

    @Test
    void namesPartitionsWithoutLeader() {
        var leader = new Node(1, "broker", 9092);
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest") {
            @Override
            public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
                throw new TimeoutException("as asked");
            }
        }) {
            consumer.updatePartitions(
                    "letters",
                    List.of(
                            new PartitionInfo("letters", 0, leader, null, null),
                            new PartitionInfo("letters", 1, null, null, null)));

            assertThatThrownBy(() -> new TopicScan(
                            consumer,
                            List.of(new TopicPartition("letters", 0), new TopicPartition("letters", 1)),
                            System::nanoTime,
                            Duration.ZERO))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("[letters-1] cannot be read, since no broker leads it at the moment");
        }
    }
}
