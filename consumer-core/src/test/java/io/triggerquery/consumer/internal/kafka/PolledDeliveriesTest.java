package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.Work;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolledDeliveriesTest {

    private static final TopicPartition P0 = new TopicPartition("things", 0);
    private static final TopicPartition P1 = new TopicPartition("things", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ReadPositions positions = new ReadPositions(new RecordedReading(), () -> 0);
    private final List<List<String>> accepted = new ArrayList<>();
    private @Nullable Throwable failure;
    private final PolledDeliveries polled = new PolledDeliveries(this::accept, positions, 3);

    private void accept(Object by, List<Delivery> deliveries) {
        assertThat(by).isSameAs(consumer);
        if (failure instanceof Error error) {
            throw error;
        }
        accepted.add(deliveries.stream()
                .map(delivery -> delivery.partition().partition() + "@" + delivery.offset())
                .toList());
    }

    private void add(TopicPartition partition, long offset) {
        polled.add(consumer, new Delivery(partition, offset, new Work.Ignored("any"), 1, () -> {}));
    }

    @BeforeEach
    void assign() {
        consumer.assign(List.of(P0, P1));
        consumer.seek(P0, 100);
        consumer.seek(P1, 100);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    void acceptsInGroupsAndTheRestAtEndOfPoll() {
        for (long offset = 1; offset <= 4; offset++) {
            add(P0, offset);
        }
        assertThat(accepted).containsExactly(List.of("0@1", "0@2", "0@3"));
        polled.passOn(consumer);
        polled.beforePoll(consumer);
        assertThat(accepted).containsExactly(List.of("0@1", "0@2", "0@3"), List.of("0@4"));
    }

    @Test
    void pollBeginsEmpty() {
        add(P0, 1);
        polled.beforePoll(consumer);
        assertThat(accepted).containsExactly(List.of("0@1"));
    }

    /** G1: otherwise an offset would be committed above one that was not accepted. */
    @Test
    void failureDropsWholePollWhichIsReadAgain() {
        failure = new OutOfMemoryError("as if");
        for (long offset = 1; offset <= 3; offset++) {
            add(P0, offset);
        }
        failure = null;
        add(P0, 4);
        add(P1, 7);
        add(P1, 8);
        polled.passOn(consumer);
        assertThat(accepted).isEmpty();
        assertThatThrownBy(() -> polled.beforePoll(consumer))
                .hasMessageContaining("things-0=1")
                .hasMessageContaining("things-1=7")
                .hasRootCauseMessage("as if");
        assertThat(consumer.position(P0)).isEqualTo(1);
        assertThat(consumer.position(P1)).isEqualTo(7);

        add(P0, 1);
        polled.beforePoll(consumer);
        assertThat(accepted).containsExactly(List.of("0@1"));
    }
}
