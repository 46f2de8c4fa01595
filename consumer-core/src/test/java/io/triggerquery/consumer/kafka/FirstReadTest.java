package io.triggerquery.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstReadTest {

    private static final TopicPartition LIVE = new TopicPartition("things", 0);
    private static final TopicPartition RETRY = new TopicPartition("retry", 0);
    private static final Set<TopicPartition> BOTH = Set.of(LIVE, RETRY);

    private static MockConsumer<byte[], byte[]> consumer(String reset) {
        var consumer = new MockConsumer<byte[], byte[]>(reset);
        consumer.assign(List.of(LIVE, RETRY));
        consumer.updateBeginningOffsets(Map.of(LIVE, 10L, RETRY, 20L));
        consumer.updateEndOffsets(Map.of(LIVE, 100L, RETRY, 200L));
        return consumer;
    }

    @Test
    void theRetryTopicIsReadFromItsBeginningAndTheTriggerTopicAsTheApplicationSays() {
        try (var consumer = consumer("latest")) {
            new FirstRead("retry").begin(consumer, BOTH);
            assertThat(consumer.position(RETRY)).isEqualTo(20);
            assertThat(consumer.position(LIVE)).isEqualTo(100);
            assertThat(consumer.committed(BOTH)).containsEntry(LIVE, new OffsetAndMetadata(100));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "none"})
    void whatIsCommittedHolds(String reset) {
        try (var consumer = consumer(reset)) {
            consumer.commitSync(Map.of(LIVE, new OffsetAndMetadata(50), RETRY, new OffsetAndMetadata(150)));
            new FirstRead("retry").begin(consumer, BOTH);
            assertThat(consumer.position(RETRY)).isEqualTo(150);
            assertThat(consumer.position(LIVE)).isEqualTo(50);
        }
    }

    @Test
    void withoutAResetTheRetryTopicCanBeReadAndTheRestIsLeftToThePoll() {
        try (var consumer = consumer("none")) {
            new FirstRead("retry").begin(consumer, BOTH);
            assertThat(consumer.position(RETRY)).isEqualTo(20);
        }
    }

    @Test
    void aBrokerThatDoesNotSayWhatIsCommittedMakesNoParkedTriggerBeSkipped() {
        try (var consumer = new MockConsumer<byte[], byte[]>("latest") {
            @Override
            public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
                throw new TimeoutException("as asked");
            }
        }) {
            consumer.assign(List.of(LIVE, RETRY));
            consumer.updateBeginningOffsets(Map.of(LIVE, 10L, RETRY, 20L));
            consumer.updateEndOffsets(Map.of(LIVE, 100L, RETRY, 200L));
            assertThatThrownBy(() -> new FirstRead("retry").begin(consumer, BOTH))
                    .isInstanceOf(TimeoutException.class);
            assertThat(consumer.position(RETRY)).isEqualTo(20);
            assertThat(consumer.position(LIVE)).isEqualTo(100);
        }
    }
}
