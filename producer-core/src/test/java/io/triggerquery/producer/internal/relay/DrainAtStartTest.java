package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.spool.DiskBuffer;
import io.triggerquery.producer.internal.spool.DiskQueue;
import io.triggerquery.producer.internal.spool.SpoolListener;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Triggers on disk when the relay starts are sent in the small steps of a drain, not in whole batches. */
@Timeout(20)
class DrainAtStartTest {

    private static final int WAITING = 300;
    private static final int PER_SECOND = 1_000;

    @TempDir
    Path directory;

    private final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();

    @Test
    void diskQueueIsDrainedAfterRestart() throws InterruptedException {
        try (DiskQueue before = open()) {
            new DiskBuffer(before, () -> {})
                    .keep(IntStream.range(0, WAITING)
                            .mapToObj(n -> OutgoingTrigger.of("changed", "p" + n))
                            .toList());
        }
        try (DiskQueue after = open()) {
            RetrySchedule schedule = new RetrySchedule(List.of(), Duration.ofHours(1), 0, () -> 0.5);
            RelaySettings settings = new RelaySettings(
                    Duration.ofHours(1), WAITING, Duration.ofHours(1), schedule, PER_SECOND, Duration.ZERO);
            TriggerRelay relay = new TriggerRelay(
                    "relay-of-the-test", after, this::deliver, Set.of("changed"), settings, RelayListener.NONE);

            relay.start();

            int sent = 0;
            while (sent < WAITING) {
                int batch = batches.take();
                assertThat(batch).isLessThanOrEqualTo(PER_SECOND / 10);
                sent += batch;
            }
            relay.stop();
        }
    }

    private BatchDelivery.Result deliver(String destination, List<Claimed> batch) {
        batches.add(batch.size());
        return new BatchDelivery.Result(
                batch.stream()
                        .map(one -> new BatchDelivery.Sent(one.trigger(), List.of(one), new SendOutcome.Acknowledged()))
                        .toList(),
                List.of());
    }

    private DiskQueue open() {
        SpoolSettings settings =
                new SpoolSettings(directory, 1_000, 1 << 20, Duration.ofSeconds(20), false, Duration.ofSeconds(30));
        return new DiskQueue(
                settings, Application.UNNAMED, SpoolListener.NONE, System::nanoTime, InstantSource.system());
    }
}
