package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.relay.RelaySettings;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A slow destination or a drain at the start does not delay other destinations. Uses a real broker and a real table. */
class DestinationsApartIT {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int PER_SECOND = 1_000;

    private final Servers servers = Servers.running();

    @Test
    void unavailableDestinationDoesNotDelayAnother() {
        String available = servers.newTopic();
        Destinations destinations = new Destinations(Map.of("away", "away", "available", available));
        TriggerQueue queue = new TriggerQueue(100, System::nanoTime, InstantSource.system());
        CountDownLatch otherHasArrived = new CountDownLatch(1);
        try (KafkaTriggerSender sender = sender(servers.bootstrapServers(), destinations);
                KafkaTriggerSender unreachable = sender("127.0.0.1:9", destinations)) {
            AtomicBoolean called = new AtomicBoolean();
            BatchDelivery kafka = new Dispatch(sender, LEASE);
            BatchDelivery away = new Dispatch(unreachable, LEASE);
            BatchDelivery both = (destination, batch) -> {
                if (destination.equals("available")) {
                    return kafka.deliver(destination, batch);
                }
                called.set(true);
                awaitLatch(otherHasArrived);
                return away.deliver(destination, batch);
            };
            TriggerRelay relay = relay(queue, both, destinations, RelayListener.NONE);
            queue.add(OutgoingTrigger.of("away", "a-1"), Duration.ZERO);
            relay.start();
            await().until(called::get);

            queue.add(OutgoingTrigger.of("available", "w-1"), Duration.ZERO);
            relay.wakeUp();

            assertThat(servers.read(available, 1)).containsExactly("w-1");
            otherHasArrived.countDown();
            await().until(() -> relay.destinationStates().get("away") == DestinationState.AWAY);
            assertThat(relay.destinationStates()).containsEntry("available", DestinationState.OPEN);
            relay.stop();
        }
    }

    @Test
    void rowsInTheTableAtTheStartAreDrained() {
        TestDatabase.POSTGRESQL.cleared();
        // migrates the table; its own relay does not know the destination
        try (TestService service = TestService.start("unused", TestService.NO_POLL)) {
            TriggerTable table = new TriggerTable(service.dataSource(), Application.UNNAMED);
            for (int n = 0; n < 250; n++) {
                table.insert(OutgoingTrigger.of("elsewhere", "p-" + n));
            }
            Queue<Integer> batches = new ConcurrentLinkedQueue<>();
            TriggerRelay relay = relay(
                    table,
                    (destination, batch) -> {
                        batches.add(batch.size());
                        return acknowledged(batch);
                    },
                    new Destinations(Map.of("elsewhere", "unused")),
                    RelayListener.NONE);

            relay.start();

            await().until(() -> service.rows() == 0);
            assertThat(batches).allMatch(batch -> batch <= PER_SECOND / 10);
            relay.stop();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static KafkaTriggerSender sender(String servers, Destinations destinations) {
        return new KafkaTriggerSender(Map.of("bootstrap.servers", servers), destinations);
    }

    private static BatchDelivery.Result acknowledged(List<Claimed> batch) {
        return new BatchDelivery.Result(
                batch.stream()
                        .map(one -> new BatchDelivery.Sent(one.trigger(), List.of(one), new SendOutcome.Acknowledged()))
                        .toList(),
                List.of());
    }

    private static TriggerRelay relay(
            TriggerStore store, BatchDelivery delivery, Destinations destinations, RelayListener listener) {
        RetrySchedule schedule = new RetrySchedule(List.of(), Duration.ofSeconds(1), 0, () -> 0);
        RelaySettings settings =
                new RelaySettings(Duration.ofMillis(50), 500, LEASE, schedule, PER_SECOND, Duration.ZERO);
        return new TriggerRelay("relay", store, delivery, destinations.names(), settings, listener);
    }
}
