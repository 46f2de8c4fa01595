package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupOffsetsTest {

    @Test
    void lagStartsAtWatermarkOrElseAtCommittedOffset() {
        assertThat(new Position(3L, null, 10).lag(7L, 1)).isEqualTo(3);
        assertThat(new Position(3L, null, 10).lag(null, 1)).isEqualTo(7);
        assertThat(new Position(null, null, 10).lag(7L, 1)).isEqualTo(3);
        assertThat(new Position(null, null, 10).lag(null, 1)).isNull();
        assertThat(new Position(null, null, 0).lag(null, 0)).isZero();
        assertThat(new Position(12L, null, 10).lag(null, 1)).isZero();
    }

    @Test
    void passedRecordsWithoutTriggersAreNoLag() {
        assertThat(new Position(9L, 10L, 10).lag(9L, 0)).isZero();
        assertThat(new Position(9L, 10L, 10).lag(null, 0)).isZero();
        assertThat(new Position(null, 10L, 10).lag(null, 0)).isZero();
        assertThat(new Position(9L, 10L, 10).lag(9L, 1)).as("open").isEqualTo(1);
        assertThat(new Position(9L, 5L, 10).lag(9L, 0))
                .as("the end offset is older than the position")
                .isEqualTo(1);
    }

    private static GroupOffsets offsets(Cluster cluster) {
        return new GroupOffsets(cluster, "g", new ReadPositions(new RecordedReading(), System::nanoTime));
    }

    @Test
    void unavailableBrokerCausesNeitherErrorNorEndlessWait() throws Exception {
        try (var cluster = new Cluster(Map.of("bootstrap.servers", "127.0.0.1:9"))) {
            assertThat(offsets(cluster)
                            .positions(List.of(new TopicPartition("things", 0)))
                            .get(1, TimeUnit.MINUTES))
                    .isEmpty();
        }
    }

    @Test
    void unresolvableAddressCausesNeitherErrorNorEndlessWait() throws Exception {
        try (var cluster = new Cluster(Map.of("bootstrap.servers", "nowhere.invalid:9"))) {
            assertThat(offsets(cluster)
                            .positions(List.of(new TopicPartition("things", 0)))
                            .get(1, TimeUnit.MINUTES))
                    .isEmpty();
        }
    }
}
