package io.triggerquery.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.kafka.GroupOffsets.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupOffsetsTest {

    @Test
    void theLagBeginsAtTheWatermarkElseAtTheCommittedOffset() {
        assertThat(new Position(3L, 10).lag(7L)).isEqualTo(3);
        assertThat(new Position(3L, 10).lag(null)).isEqualTo(7);
        assertThat(new Position(null, 10).lag(7L)).isEqualTo(3);
        assertThat(new Position(null, 10).lag(null)).isNull();
        assertThat(new Position(null, 0).lag(null)).isZero();
        assertThat(new Position(12L, 10).lag(null)).isZero();
    }

    @Test
    void aBrokerThatIsAwayMakesNoErrorAndNoEndlessWait() throws Exception {
        try (var offsets = new GroupOffsets(new Cluster(Map.of("bootstrap.servers", "127.0.0.1:9")), "g")) {
            assertThat(offsets.ask(List.of(new TopicPartition("things", 0))).get(1, TimeUnit.MINUTES))
                    .isEmpty();
        }
    }

    @Test
    void neitherDoesAnAddressThatCannotBeResolved() throws Exception {
        try (var offsets = new GroupOffsets(new Cluster(Map.of("bootstrap.servers", "nowhere.invalid:9")), "g")) {
            assertThat(offsets.ask(List.of(new TopicPartition("things", 0))).get(1, TimeUnit.MINUTES))
                    .isEmpty();
        }
    }
}
