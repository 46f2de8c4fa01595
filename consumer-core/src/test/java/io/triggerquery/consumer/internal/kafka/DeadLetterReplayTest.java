package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What a replay commits and says, in polls of one dead letter each that take a second. */
class DeadLetterReplayTest {

    private static final TopicPartition LETTERS = new TopicPartition("things-dlt", 0);

    private final List<String> sent = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private long now;
    private long committed;

    private static Decoded decode(ConsumerRecord<byte[], byte[]> message) throws IOException {
        String value = new String(message.value(), StandardCharsets.UTF_8);
        if (value.startsWith("broken")) {
            throw new IOException(value);
        }
        return Decoded.id(value);
    }

    private Consumer<byte[], byte[]> consumer() {
        var consumer = new MockConsumer<byte[], byte[]>("earliest") {

            @Override
            public synchronized void assign(java.util.Collection<TopicPartition> partitions) {
                super.assign(partitions);
                seek(LETTERS, committed);
                deliver(this, (int) committed);
            }

            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                super.commitSync(offsets);
                committed = offsets.get(LETTERS).offset();
            }
        };
        consumer.updatePartitions("things-dlt", List.of(new PartitionInfo("things-dlt", 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(LETTERS, 0L));
        consumer.updateEndOffsets(Map.of(LETTERS, (long) letters.size()));
        return consumer;
    }

    private void deliver(MockConsumer<byte[], byte[]> consumer, int offset) {
        consumer.schedulePollTask(() -> {
            now += Duration.ofSeconds(1).toNanos();
            if (offset < letters.size()) {
                consumer.addRecord(letter(offset));
                deliver(consumer, offset + 1);
            }
        });
    }

    private ConsumerRecord<byte[], byte[]> letter(int offset) {
        var headers = new RecordHeaders();
        headers.add("kafka_dlt-original-consumer-group", "g".getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                "things-dlt",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                letters.get(offset).getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.empty());
    }

    private final DeadLetterReplay replay = replay(DeadLetterReplayTest::decode);

    private DeadLetterReplay replay(TriggerDecoder decoder) {
        var retryTopic = new ManagedTopic.Retry("retry", List.of("things"));
        return new DeadLetterReplay(
                retryTopic,
                "g",
                group -> consumer(),
                new RecordTriggers(
                        new RecordDecoder(decoder, new IdRule(false, Set.of())),
                        new TriggerReader(retryTopic, InstantSource.system())),
                triggers -> triggers.forEach(trigger -> sent.add(trigger.id())),
                () -> now);
    }

    private DeadLetterReplay.Result run(int seconds) throws InterruptedException {
        return replay.run(Duration.ofSeconds(seconds));
    }

    @Test
    void aLetterWhoseDecoderFailsIsPassedOverIfAnotherSucceeds() throws Exception {
        letters.addAll(List.of("broken 1", "a", "broken 2", "b"));
        assertThat(run(30))
                .isEqualTo(new DeadLetterReplay.Result(
                        2, 0, 2, 0, 0, "the decoder failed for things-dlt-0@2: java.io.IOException: broken 2", true));
        assertThat(sent).containsExactly("a", "b");
        assertThat(committed).isEqualTo(4);
    }

    @Test
    void theTimeLimitEndsItAndTheNextContinuesThere() throws Exception {
        letters.addAll(List.of("a", "b", "c"));
        assertThat(run(2)).isEqualTo(new DeadLetterReplay.Result(2, 0, 0, 0, 0, null, false));
        assertThat(run(2)).isEqualTo(new DeadLetterReplay.Result(1, 0, 0, 0, 0, null, true));
        assertThat(sent).containsExactly("a", "b", "c");
    }

    @Test
    void ifTheDecoderFailsForEachUntilTheTimeLimitTheyAreTriedAgain() {
        letters.addAll(List.of("broken 1", "broken 2", "broken 3", "a"));
        for (int runs = 0; runs < 2; runs++) {
            assertThatThrownBy(() -> run(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "the decoder failed for 2 dead letters and for no other succeeded; the next replay tries"
                                    + " them again. The last failure: the decoder failed for things-dlt-0@1:"
                                    + " java.io.IOException: broken 2");
        }
        assertThat(committed).isZero();
    }

    @Test
    void aFailureOfAnEarlierReplayIsNotReportedAgain() throws Exception {
        letters.addAll(List.of("broken 1", "a"));
        run(30);
        letters.add("b");
        assertThat(run(30).failure()).isNull();
    }

    @Test
    void whereThereIsNothingItIsComplete() throws Exception {
        assertThat(run(30)).isEqualTo(new DeadLetterReplay.Result(0, 0, 0, 0, 0, null, true));
    }
}
