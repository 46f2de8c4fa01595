package io.triggerquery.producer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.FakeStore;
import io.triggerquery.producer.internal.relay.Relays;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

@Timeout(10)
class TriggerProducerHealthIndicatorTest {

    private final TriggerQueue queue = new TriggerQueue(10, () -> 0, () -> Instant.EPOCH);
    private final TriggerRelay memory = Relays.of(queue, new SendOutcome.Unreachable("away"), "changed");
    private final TriggerRelay disk = Relays.of(queue, new SendOutcome.Acknowledged(), "other");
    private Optional<String> spoolFailure = Optional.empty();
    private final TriggerProducerHealthIndicator indicator =
            new TriggerProducerHealthIndicator(Map.of("memory-queue", memory, "disk-queue", disk), () -> spoolFailure);

    @BeforeEach
    void start() {
        memory.start();
        disk.start();
    }

    @AfterEach
    void stop() {
        memory.stop();
        disk.stop();
    }

    @Test
    void unreachableDestinationIsOnlyADetail() {
        queue.add(OutgoingTrigger.of("changed", "a"), Duration.ZERO);
        // the drain at the stop runs a pass
        memory.stop();
        memory.start();

        Health health = indicator.health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("memory-queue", Map.of("changed", DestinationState.AWAY))
                .containsEntry("disk-queue", Map.of("other", DestinationState.OPEN));
    }

    @Test
    void stoppedRelayIsDown() {
        disk.stop();

        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(indicator.health().getDetails()).containsEntry("disk-queue", "the relay loop does not run");
    }

    @Test
    void failingStoreIsOutOfService() {
        FakeStore away = new FakeStore(System::nanoTime);
        away.breakDown();
        TriggerRelay outbox = Relays.of(away, new SendOutcome.Acknowledged(), "changed");
        TriggerProducerHealthIndicator outboxIndicator =
                new TriggerProducerHealthIndicator(Map.of("outbox", outbox), Optional::empty);
        outbox.start();
        try {
            assertThat(outboxIndicator.health().getStatus()).isEqualTo(Status.UP);
            while (outbox.storeFailure().isEmpty()) {
                assertThatThrownBy(() -> outbox.retry("changed", null)).hasMessage("no database");
            }

            assertThat(outboxIndicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(outboxIndicator.health().getDetails()).containsEntry("outbox", "the store fails: no database");
        } finally {
            outbox.stop();
        }
        assertThat(outboxIndicator.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void unusableSpoolIsOutOfService() {
        spoolFailure = Optional.of("no space left");

        assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(indicator.health().getDetails()).containsEntry("spool", "no space left");

        disk.stop();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
    }
}
