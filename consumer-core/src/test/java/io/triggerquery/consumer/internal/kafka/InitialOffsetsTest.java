package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialOffsetsTest {

    private static final TopicPartition LIVE = new TopicPartition("things", 0);
    private static final TopicPartition RETRY = new TopicPartition("retry", 0);
    private static final TopicPartition OTHER = new TopicPartition("things", 1);
    private static final PartitionInfo OTHER_PARTITION = new PartitionInfo("things", 1, null, null, null);
    private static final Set<TopicPartition> BOTH = Set.of(LIVE, RETRY);

    private final RecordedReading reading = new RecordedReading();

    static InitialOffsets firstRead(boolean earliest, RecordedReading reading) {
        return new InitialOffsets("retry", earliest, new ReadPositions(reading, () -> 0), reading, Set.of());
    }

    private static MockConsumer<byte[], byte[]> consumer(String reset) {
        var consumer = new MockConsumer<byte[], byte[]>(reset);
        consumer.updatePartitions("things", List.of(new PartitionInfo("things", 0, null, null, null), OTHER_PARTITION));
        consumer.assign(List.of(LIVE, RETRY));
        consumer.updateBeginningOffsets(Map.of(LIVE, 10L, RETRY, 20L));
        consumer.updateEndOffsets(Map.of(LIVE, 100L, RETRY, 200L));
        return consumer;
    }

    @Test
    void retryTopicIsReadFromBeginningAndTriggerTopicAsConfigured() {
        try (var consumer = consumer("latest")) {
            firstRead(false, reading).begin(consumer, BOTH);
            assertThat(consumer.position(RETRY)).isEqualTo(20);
            assertThat(consumer.position(LIVE)).isEqualTo(100);
            assertThat(consumer.committed(BOTH)).containsEntry(LIVE, new OffsetAndMetadata(100));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "none"})
    void committedOffsetsAreUsed(String reset) {
        try (var consumer = consumer(reset)) {
            consumer.commitSync(Map.of(LIVE, new OffsetAndMetadata(50), RETRY, new OffsetAndMetadata(150)));
            firstRead(!reset.equals("latest"), reading).begin(consumer, BOTH);
            assertThat(consumer.position(RETRY)).isEqualTo(150);
            assertThat(consumer.position(LIVE)).isEqualTo(50);
        }
    }

    @Test
    void retryTopicIsReadFromBeginningWithoutResetPolicy() {
        try (var consumer = consumer("none")) {
            firstRead(false, reading).begin(consumer, BOTH);
            assertThat(consumer.position(RETRY)).isEqualTo(20);
        }
    }

    @Test
    void noDeferredTriggerIsSkippedIfCommittedOffsetsAreUnknown() {
        try (var consumer = new MockConsumer<byte[], byte[]>("latest") {
            @Override
            public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
                throw new TimeoutException("as asked");
            }
        }) {
            consumer.assign(List.of(LIVE, RETRY));
            consumer.updateBeginningOffsets(Map.of(LIVE, 10L, RETRY, 20L));
            consumer.updateEndOffsets(Map.of(LIVE, 100L, RETRY, 200L));
            assertThatThrownBy(() -> firstRead(false, reading).begin(consumer, BOTH))
                    .isInstanceOf(TimeoutException.class);
            assertThat(consumer.position(RETRY)).isEqualTo(20);
            assertThat(consumer.position(LIVE)).isEqualTo(100);
            assertThatThrownBy(() -> awaiting("things").begin(consumer, BOTH)).isInstanceOf(TimeoutException.class);
            assertThat(consumer.position(LIVE)).as("it did not exist").isEqualTo(10);
        }
    }

    @Test
    void partitionWithoutLeaderDoesNotKeepOthersFromBeingRead() {
        try (var consumer = new MockConsumer<byte[], byte[]>("latest") {
            @Override
            public long position(TopicPartition partition, Duration limit) {
                if (partition.equals(OTHER)) {
                    assertThat(limit).isLessThanOrEqualTo(Duration.ofSeconds(5));
                    throw new TimeoutException("as asked");
                }
                return position(partition);
            }
        }) {
            consumer.updatePartitions("things", List.of(OTHER_PARTITION));
            consumer.assign(List.of(LIVE, RETRY, OTHER));
            consumer.updateBeginningOffsets(Map.of(LIVE, 10L, RETRY, 20L));
            consumer.updateEndOffsets(Map.of(LIVE, 100L, RETRY, 200L));
            firstRead(false, reading).begin(consumer, Set.of(LIVE, RETRY, OTHER));
            assertThat(consumer.committed(Set.of(LIVE, RETRY, OTHER)))
                    .containsEntry(LIVE, new OffsetAndMetadata(100))
                    .containsEntry(RETRY, new OffsetAndMetadata(20))
                    .doesNotContainKey(OTHER);

            assertThatThrownBy(() -> firstRead(false, reading).begin(consumer, Set.of(OTHER)))
                    .as("no partition is found")
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "none"})
    void topicMissingAtStartIsReadFromItsBeginning(String reset) {
        try (var consumer = consumer(reset)) {
            awaiting("things").begin(consumer, BOTH);
            assertThat(consumer.position(LIVE)).isEqualTo(10);
            assertThat(consumer.committed(BOTH)).containsEntry(LIVE, new OffsetAndMetadata(10));
            assertThat(reading.events).containsExactly("begun things-0 at 10 skipped 0");
        }
    }

    @Test
    void committedOffsetsOfTopicMissingAtStartAreUsed() {
        try (var consumer = consumer("latest")) {
            consumer.commitSync(Map.of(LIVE, new OffsetAndMetadata(50), RETRY, new OffsetAndMetadata(150)));
            awaiting("things").begin(consumer, BOTH);
            assertThat(consumer.position(LIVE)).isEqualTo(50);
        }
    }

    private InitialOffsets awaiting(String topic) {
        return new InitialOffsets("retry", false, new ReadPositions(reading, () -> 0), reading, Set.of(topic));
    }

    @Test
    void addedPartitionIsReadFromItsBeginningEvenWithLatest() {
        try (var consumer = consumer("latest")) {
            consumer.assign(List.of(LIVE, RETRY, OTHER));
            consumer.commitSync(Map.of(OTHER, new OffsetAndMetadata(3), RETRY, new OffsetAndMetadata(20)));
            firstRead(false, reading).begin(consumer, BOTH);
            assertThat(consumer.position(LIVE)).isEqualTo(10);
            assertThat(reading.events).containsExactly("begun things-0 at 10 skipped 0");
        }
    }

    @Test
    void addedTopicStartsAsConfigured() {
        var added = new TopicPartition("added", 0);
        try (var consumer = consumer("latest")) {
            consumer.updatePartitions("added", List.of(new PartitionInfo("added", 0, null, null, null)));
            consumer.assign(List.of(LIVE, RETRY, OTHER, added));
            consumer.updateBeginningOffsets(Map.of(LIVE, 10L, RETRY, 20L, added, 0L));
            consumer.updateEndOffsets(Map.of(LIVE, 100L, RETRY, 200L, added, 70L));
            consumer.commitSync(Map.of(OTHER, new OffsetAndMetadata(3), RETRY, new OffsetAndMetadata(20)));
            firstRead(false, reading).begin(consumer, Set.of(LIVE, RETRY, added));
            assertThat(consumer.position(LIVE)).isEqualTo(10);
            assertThat(consumer.position(added)).isEqualTo(70);
            assertThat(reading.events)
                    .containsExactlyInAnyOrder("begun things-0 at 10 skipped 0", "begun added-0 at 70 skipped 70");
        }
    }

    @Test
    void reportsRecordsSkippedByLatest() {
        try (var consumer = consumer("latest")) {
            consumer.updateEndOffsets(Map.of(RETRY, 0L));
            firstRead(false, reading).begin(consumer, BOTH);
            assertThat(reading.events).containsExactly("begun things-0 at 100 skipped 90");
        }
    }

    @Test
    void deferredTriggersProveThatCommittedOffsetsExpired() {
        try (var consumer = consumer("latest")) {
            firstRead(false, reading).begin(consumer, BOTH);
            assertThat(reading.events).containsExactly("lost OFFSETS_GONE things-0 10-100");
        }
    }

    @Test
    void expiredOffsetsAreNoLossIfNothingIsSkipped() {
        try (var consumer = consumer("earliest")) {
            firstRead(true, reading).begin(consumer, BOTH);
            assertThat(reading.events).containsExactly("begun things-0 at 10 skipped 0");
        }
    }

    @Test
    void offsetsLostWhileReadingMeanRecreatedTopic() {
        try (var consumer = consumer("earliest")) {
            var positions = new ReadPositions(reading, () -> 0);
            var firstRead = new InitialOffsets("retry", true, positions, reading, Set.of());
            firstRead.begin(consumer, BOTH);
            positions.read(LIVE, 10);
            consumer.unsubscribe();
            try (var again = consumer("earliest")) {
                again.updateBeginningOffsets(Map.of(LIVE, 0L));
                firstRead.begin(again, BOTH);
            }
            assertThat(reading.events)
                    .containsExactly("begun things-0 at 10 skipped 0", "lost OFFSETS_GONE things-0 0-0");
        }
    }

    @Test
    void retryTopicDeletedWhileReadingIsALoss() {
        try (var consumer = consumer("earliest")) {
            var positions = new ReadPositions(reading, () -> 0);
            var firstRead = new InitialOffsets("retry", true, positions, reading, Set.of());
            firstRead.begin(consumer, Set.of(RETRY));
            positions.read(RETRY, 20);
            try (var again = consumer("earliest")) {
                firstRead.begin(again, Set.of(RETRY));
            }
            assertThat(reading.events).containsExactly("lost OFFSETS_GONE retry-0 20-20");
        }
    }

    @Test
    void committedOffsetsShowRetryTopicOfTheGroup() {
        try (var consumer = consumer("latest")) {
            firstRead(false, reading).begin(consumer, BOTH);
            assertThat(consumer.committed(BOTH)).containsEntry(RETRY, new OffsetAndMetadata(20));
        }
    }
}
