package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A destination that becomes unavailable after it has accepted a part of a batch. */
class OutageWithinABatchTest {

    private static final int BATCH = 5;
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(1)), Duration.ofSeconds(10), 0, () -> 0.5);

    private int sends;
    private final TriggerQueue queue = new TriggerQueue(1_000, () -> 0, () -> Instant.EPOCH);
    private final TriggerSender sender = trigger -> {
        sends++;
        return CompletableFuture.completedFuture(
                sends == 1 ? new SendOutcome.Acknowledged("partition 1") : new SendOutcome.Unreachable("no broker"));
    };
    private final DestinationWorker worker = new DestinationWorker(
            "changed",
            queue,
            InlineExecutor.deliveries(new Dispatch(sender, Duration.ofSeconds(30))),
            new RelaySettings(Duration.ofSeconds(1), BATCH, Duration.ofSeconds(30), SCHEDULE, 1_000, Duration.ZERO),
            new RelayBackoff(SCHEDULE, 1_000, () -> 0),
            RelayListener.NONE);

    @Test
    void isNotMistakenForAPartitionOutage() {
        for (int n = 0; n < 10 * BATCH; n++) {
            queue.add(OutgoingTrigger.of("changed", "c-" + n), Duration.ZERO);
        }

        while (worker.pass()) {
            assertThat(sends).isLessThan(100);
        }

        // the first is accepted, the second ends the batch, the third shows that the destination is away
        assertThat(sends).isEqualTo(3);
        assertThat(worker.state()).isEqualTo(DestinationState.AWAY);
    }
}
