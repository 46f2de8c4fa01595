package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PacedAcknowledgmentsTest {

    private static final TopicPartition P0 = new TopicPartition("triggers", 0);
    private static final TopicPartition P1 = new TopicPartition("triggers", 1);
    private static final Object CONSUMER = "consumer-1";
    private static final Object OTHER_CONSUMER = "consumer-2";

    private final Deque<Runnable> rests = new ArrayDeque<>();
    private final List<String> passedOn = new ArrayList<>();
    private final PacedAcknowledgments acknowledgments = new PacedAcknowledgments(this::rest);

    private Timer.Cancellation rest(Duration delay, Runnable end) {
        assertThat(delay).isEqualTo(PacedAcknowledgments.INTERVAL);
        rests.add(end);
        return () -> {};
    }

    private void acknowledge(TopicPartition partition, long offset) {
        acknowledge(CONSUMER, partition, offset);
    }

    private void acknowledge(Object consumer, TopicPartition partition, long offset) {
        acknowledgments.acknowledge(consumer, partition, () -> passedOn.add(partition.partition() + "@" + offset));
    }

    @Test
    void forwardsFirstImmediately() {
        acknowledge(P0, 7);

        assertThat(passedOn).containsExactly("0@7");
    }

    @Test
    void forwardsLastOfEachPartitionAfterPause() {
        acknowledge(P0, 7);
        acknowledge(P1, 1);
        acknowledge(P0, 8);
        acknowledge(P0, 9);
        assertThat(passedOn).containsExactly("0@7");

        rests.remove().run();
        assertThat(passedOn).containsExactlyInAnyOrder("0@7", "0@9", "1@1");
        assertThat(rests).as("rests again").hasSize(1);
    }

    @Test
    void forwardsImmediatelyAfterPauseWithoutAcknowledgments() {
        acknowledge(P0, 7);
        rests.remove().run();
        assertThat(rests).isEmpty();

        acknowledge(P0, 8);
        assertThat(passedOn).containsExactly("0@7", "0@8");
    }

    @Test
    void forwardsDuringPauseBeforeRevocation() {
        acknowledge(P0, 7);
        acknowledge(P0, 8);
        acknowledge(P1, 1);

        acknowledgments.passOn(List.of(P0));
        assertThat(passedOn).containsExactly("0@7", "0@8");
        rests.remove().run();
        assertThat(passedOn).containsExactly("0@7", "0@8", "1@1");
    }

    @Test
    void dropsAcknowledgmentOfLostPartition() {
        acknowledge(P0, 7);
        acknowledge(P0, 8);
        acknowledge(P1, 1);

        acknowledgments.drop(CONSUMER, List.of(P0));
        rests.remove().run();
        assertThat(passedOn).containsExactly("0@7", "1@1");
    }

    @Test
    void keepsAcknowledgmentOfNewOwnerOfLostPartition() {
        acknowledge(P0, 7);
        acknowledge(OTHER_CONSUMER, P0, 8);

        acknowledgments.drop(CONSUMER, List.of(P0));
        rests.remove().run();
        assertThat(passedOn).containsExactly("0@7", "0@8");
    }

    /** The container's queue of acknowledgments would reject an interrupted thread. */
    @Test
    void forwardsFromInterruptedThreadAndKeepsInterrupt() {
        Thread.currentThread().interrupt();
        acknowledgments.acknowledge(
                CONSUMER,
                P0,
                () -> passedOn.add("interrupted: " + Thread.currentThread().isInterrupted()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(passedOn).containsExactly("interrupted: false");
    }
}
