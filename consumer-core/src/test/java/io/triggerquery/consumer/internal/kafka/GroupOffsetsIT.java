package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.it.Broker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupOffsetsIT {

    @Test
    void partitionWithoutLeaderHidesNoOther() throws Exception {
        String topic = "things-" + UUID.randomUUID();
        Broker.create(topic);
        var known = new TopicPartition(topic, 0);
        var without = new TopicPartition("deleted-" + topic, 0); // to the client it is the same
        try (var cluster = new Cluster(Map.of("bootstrap.servers", Broker.address()))) {
            var offsets = new GroupOffsets(cluster, "g", new ReadPositions(new RecordedReading(), System::nanoTime));

            assertThat(offsets.positions(List.of(known, without)).get())
                    .containsExactlyEntriesOf(Map.of(known, new Position(null, null, 0)));
            assertThat(offsets.ofTopics(List.of(topic, without.topic())).get())
                    .as("what proves that all is settled must be complete")
                    .isEmpty();
        }
    }
}
