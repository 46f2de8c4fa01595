package io.triggerquery.producer.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts around the queue: its buffer, the expiry of triggers, and the report at a stop. */
class MemoryQueueTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private long now;
    private int wakeUps;
    private final TriggerQueue queue = new TriggerQueue(2, () -> now, () -> Instant.EPOCH);
    private final MemoryBuffer buffer = new MemoryBuffer(queue, () -> wakeUps++);
    private final UndeliveredReport report = new UndeliveredReport(() -> Instant.EPOCH, List.of());
    private final ExpiringStore expiring = new ExpiringStore(queue, Duration.ofSeconds(10), report);
    private final UnsentReport unsentReport = new UnsentReport(queue, report);

    @Test
    void keepsTriggersAndWakesTheRelayOnce() {
        assertThat(keep("a", "b")).isEqualTo(new Receipt.InMemory());

        assertThat(wakeUps).isEqualTo(1);
        assertThat(ids(queue.claim("changed", 10, LEASE))).containsExactly("a", "b");
    }

    @Test
    void inDoubtTriggersWaitThirtySeconds() {
        buffer.acceptInDoubt(List.of(OutgoingTrigger.of("changed", "a")));

        now += Duration.ofSeconds(30).toNanos() - 1;
        assertThat(queue.claim("changed", 10, LEASE)).isEmpty();
        now++;
        assertThat(ids(queue.claim("changed", 10, LEASE))).containsExactly("a");
    }

    @Test
    void fullQueueRejectsAndNamesTheSetting() {
        keep("a", "b");
        wakeUps = 0;

        assertThat(keep("c"))
                .isInstanceOfSatisfying(
                        Receipt.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains("2 triggers", "triggerquery.producer.memory-queue.max-entries"));
        assertThat(wakeUps).isZero();
        assertThat(keep("a")).isEqualTo(new Receipt.InMemory());
    }

    @Test
    void triggersThatFitAreSentEvenIfTheBatchIsRejected() {
        assertThat(keep("a", "b", "c")).isInstanceOf(Receipt.Rejected.class);

        assertThat(wakeUps).isEqualTo(1);
        assertThat(queue.backlog().pending()).isEqualTo(2);
    }

    @Test
    void expiredTriggersAreReportedAndNotSent() {
        keep("old");
        now += Duration.ofSeconds(9).toNanos();
        keep("new");
        try (LogCapture log = LogCapture.of(UndeliveredReport.LOGGER)) {
            assertThat(ids(expiring.claim("elsewhere", 10, LEASE))).isEmpty();
            assertThat(log.messages(Level.ERROR)).isEmpty();

            now += Duration.ofSeconds(1).toNanos();
            assertThat(ids(expiring.claim("changed", 10, LEASE))).containsExactly("new");
            assertThat(log.messages(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("\"id\":\"old\"", "not taken by Kafka within PT10S");
        }
    }

    @Test
    void stopReportsRemainingTriggersAndRejectsNewOnes() {
        keep("parked", "waiting");
        queue.park(queue.claim("changed", 1, LEASE), "too large");
        unsentReport.start();
        try (LogCapture log = LogCapture.of(UndeliveredReport.LOGGER)) {
            unsentReport.stop();

            assertThat(log.messages(Level.ERROR))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("\"parked\"") && line.contains("parked when the process stopped"))
                    .anyMatch(line -> line.contains("\"waiting\"")
                            && line.contains("not taken by Kafka before the process stopped"));
        }
        assertThat(keep("waiting")).isEqualTo(new Receipt.Rejected("the process is stopping"));
        assertThat(unsentReport.isRunning()).isFalse();

        unsentReport.start();
        assertThat(keep("waiting")).isEqualTo(new Receipt.InMemory());
    }

    @Test
    void remainingTriggersAreReportedAfterTheRelayHasStopped() {
        assertThat(unsentReport.getPhase()).isLessThan(TriggerRelay.PHASE);
    }

    private Receipt keep(String... ids) {
        return buffer.keep(List.of(ids).stream()
                .map(id -> OutgoingTrigger.of("changed", id))
                .toList());
    }

    private static List<String> ids(List<Claimed> claimed) {
        return claimed.stream().map(one -> one.trigger().id()).toList();
    }
}
