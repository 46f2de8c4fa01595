package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class LossCheckTest {

    private static final TopicPartition P = new TopicPartition("things", 0);

    private final RecordedReading reading = new RecordedReading();
    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private long logStart;
    private long logEnd = 10_000;
    private boolean away;

    private LossCheck check(boolean earliest) {
        return new LossCheck(
                this::ask,
                earliest,
                (delay, action) -> {
                    assertThat(delay).isEqualTo(Duration.ofSeconds(1));
                    due.add(action);
                    return () -> {};
                },
                reading);
    }

    private CompletionStage<Map<TopicPartition, Long>> ask(Map<TopicPartition, OffsetSpec> which) {
        asked.add(which.size());
        if (away) {
            return CompletableFuture.failedFuture(new TimeoutException("as asked"));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        which.forEach((partition, spec) ->
                offsets.put(partition, spec instanceof OffsetSpec.EarliestSpec ? logStart : logEnd));
        return CompletableFuture.completedFuture(offsets);
    }

    private void run() {
        due.remove().run();
    }

    @Test
    void offsetsBelowLogStartAreLost() {
        logStart = 3_000;
        check(true).forward(P, 0, 3_000);
        run();
        assertThat(reading.events).containsExactly("lost DELETED things-0 0-3000");
    }

    @Test
    void transactionMarkersAndCompactionAreNoLoss() {
        check(true).forward(P, 10, 11);
        run();
        assertThat(reading.events).isEmpty();
    }

    @Test
    void remainingRecordsSkippedByResetAreLost() {
        logStart = 3_000;
        check(false).forward(P, 0, 5_000);
        run();
        assertThat(reading.events).containsExactly("lost DELETED things-0 0-5000");
    }

    @Test
    void gapAfterLogStartIsNoLossWithEarliest() {
        logStart = 3_000;
        check(true).forward(P, 0, 3_002);
        run();
        assertThat(reading.events).containsExactly("lost DELETED things-0 0-3000");
    }

    @Test
    void checksWidestJumpOfEachPartitionOncePerSecond() {
        logStart = 3_000;
        LossCheck check = check(true);
        check.forward(P, 1, 2);
        check.forward(P, 10, 3_000);
        check.forward(P, 3_004, 3_005);
        check.forward(new TopicPartition("things", 1), 2_900, 3_000);
        assertThat(due).hasSize(1);
        run();
        assertThat(reading.events)
                .containsExactlyInAnyOrder("lost DELETED things-0 10-3000", "lost DELETED things-1 2900-3000");
        assertThat(asked).containsExactly(2);
        assertThat(due).isEmpty();
    }

    @Test
    void logThatEndsBeforePositionWasTruncated() {
        logEnd = 40;
        check(true).back(P, 100, 0);
        run();
        assertThat(reading.events).containsExactly("lost TRUNCATED things-0 40-100");
    }

    @Test
    void recordsReadAgainAfterInterceptorFailureAreNoLoss() {
        check(true).back(P, 100, 99);
        run();
        assertThat(reading.events).isEmpty();
    }

    @Test
    void repeatsCheckUntilBrokerAnswers() {
        logStart = 3_000;
        away = true;
        check(true).forward(P, 0, 3_000);
        run();
        run();
        assertThat(reading.events).isEmpty();
        away = false;
        run();
        assertThat(reading.events).containsExactly("lost DELETED things-0 0-3000");
        assertThat(due).isEmpty();
    }
}
