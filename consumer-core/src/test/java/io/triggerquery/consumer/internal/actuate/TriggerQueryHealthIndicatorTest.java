package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.engine.EngineStatus.Partition;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class TriggerQueryHealthIndicatorTest {

    private static final TopicPartition P0 = new TopicPartition("bills", 0);

    private final FakeListener bills = new FakeListener("bills");
    private final FakeListener payments = new FakeListener("payments");
    private final MemoryWatch memory = new MemoryWatch();
    private long now = -7; // its origin is arbitrary
    private final TriggerQueryHealthIndicator indicator =
            new TriggerQueryHealthIndicator(() -> List.of(bills, payments), Duration.ofMinutes(5), () -> now, memory);

    private Health after(Duration time, Partition... partitions) {
        now += time.toNanos();
        bills.partitions = List.of(partitions);
        return indicator.health();
    }

    private static Object details(Health health, String listener) {
        return health.getDetails().get(listener);
    }

    @Test
    void isUpWhileWatermarkAdvances() {
        bills.waiting = 5_000;
        for (int offset = 0; offset < 10; offset++) {
            Health health = after(Duration.ofMinutes(4), new Partition(P0, offset, 5_000));
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(details(health, "bills")).isEqualTo(Map.of("held", false, "pending", 0L, "waiting", 5_000));
        }
    }

    @Test
    void isDownAfterWatermarkHasNotAdvancedForTimeLimit() {
        assertThat(after(Duration.ZERO, new Partition(P0, 7, 1)).getStatus()).isEqualTo(Status.UP);
        assertThat(after(Duration.ofSeconds(299), new Partition(P0, 7, 9)).getStatus())
                .isEqualTo(Status.UP);
        Health health = after(Duration.ofSeconds(1), new Partition(P0, 7, 9));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(details(health, "bills").toString()).contains("bills-0=the watermark has not moved for 300 s");
        assertThat(details(health, "payments").toString()).doesNotContain("watermark");
        assertThat(after(Duration.ofMinutes(1), new Partition(P0, 8, 8)).getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void isUpWhileIdleAndMeasuresFromFirstOpenDelivery() {
        for (int look = 0; look < 10; look++) {
            assertThat(after(Duration.ofMinutes(5), new Partition(P0, 7, 0)).getStatus())
                    .isEqualTo(Status.UP);
        }
        assertThat(after(Duration.ofMinutes(5), new Partition(P0, 7, 1)).getStatus())
                .isEqualTo(Status.UP);
        assertThat(after(Duration.ofMinutes(5), new Partition(P0, 7, 1)).getStatus())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void forgetsRevokedPartition() {
        after(Duration.ZERO, new Partition(P0, 7, 1));
        after(Duration.ofMinutes(4));
        assertThat(after(Duration.ofMinutes(4), new Partition(P0, 7, 1)).getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void isDownIfContainerHasStoppedByItself() {
        payments.gaveUp = true;
        Health health = after(Duration.ZERO);
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(details(health, "payments").toString()).contains("container=stopped by an error");
        payments.gaveUp = false;
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void namesCauseOfSuspensionAndIsDownAfterTimeLimit() {
        bills.suspended = new EngineStatus.Suspended(Duration.ofSeconds(3), new IllegalStateException("no column x"));
        Health health = after(Duration.ZERO);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(details(health, "bills").toString())
                .contains("suspended=every id has failed for 3 s: java.lang.IllegalStateException: no column x");
        bills.suspended = new EngineStatus.Suspended(Duration.ofSeconds(300), new IllegalStateException("no column x"));
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.DOWN);
        bills.suspended = null;
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownAfterReadingHasFailedForTimeLimit() {
        bills.readFailure = Optional.of(new ReadFailure(Duration.ofSeconds(299), "the poll failed: no"));
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
        bills.readFailure = Optional.of(new ReadFailure(Duration.ofSeconds(300), "the poll failed: no"));
        Health health = after(Duration.ZERO);
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(details(health, "bills").toString()).contains("reading=has failed for 300 s: the poll failed: no");
        bills.readFailure = Optional.empty();
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownAfterGroupHasNotAnsweredForTimeLimit() {
        bills.lastHeartbeat = Optional.of(Duration.ofSeconds(299));
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
        bills.lastHeartbeat = Optional.of(Duration.ofSeconds(301));
        Health health = after(Duration.ZERO);
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(details(health, "bills").toString()).contains("group=its coordinator has not answered for 301 s");
    }

    @Test
    void isDownIfGroupNeverAnsweredUnlessListenerWasStopped() {
        bills.lastHeartbeat = Optional.empty();
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
        assertThat(after(Duration.ofSeconds(299)).getStatus()).isEqualTo(Status.UP);
        assertThat(after(Duration.ofSeconds(1)).getStatus()).isEqualTo(Status.DOWN);
        bills.reading = false;
        assertThat(after(Duration.ofSeconds(1)).getStatus()).isEqualTo(Status.UP);
        bills.reading = true;
        assertThat(after(Duration.ofSeconds(1)).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isUpWithoutListeners() {
        var none = new TriggerQueryHealthIndicator(List::of, Duration.ofMinutes(5), () -> now, memory);
        assertThat(none.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownAfterOutOfMemory() {
        assertThat(after(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
        memory.record(new IllegalStateException("a projection", new OutOfMemoryError("Java heap space")));
        Health health = after(Duration.ofDays(1));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("memory")).asString().contains("restart this process");
    }
}
