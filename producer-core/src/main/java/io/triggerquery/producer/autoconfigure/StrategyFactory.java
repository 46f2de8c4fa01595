package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.outbox.OutboxStrategy;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.queue.ExpiringStore;
import io.triggerquery.producer.internal.queue.MemoryBuffer;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.queue.UnsentReport;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.relay.RelaySettings;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.remote.ActivationListener;
import io.triggerquery.producer.internal.remote.Activations;
import io.triggerquery.producer.internal.remote.RegistrationBuffer;
import io.triggerquery.producer.internal.remote.RelayFallback;
import io.triggerquery.producer.internal.remote.RelayServiceClient;
import io.triggerquery.producer.internal.remote.RelayServiceConnection;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.TriggerSender;
import io.triggerquery.producer.internal.spool.DiskBuffer;
import io.triggerquery.producer.internal.spool.DiskQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Assembles the strategies. */
final class StrategyFactory {

    /** The interval at which delayed triggers are checked; publishing wakes the relay without it. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final int BATCH = 1_000;

    private final TriggerProducerProperties properties;
    private final BatchDelivery kafka;
    private final RelayListener listener;
    private final UndeliveredReport report;
    private final Stores stores;

    StrategyFactory(
            TriggerProducerProperties properties,
            TriggerSender sender,
            RelayListener listener,
            UndeliveredReport report,
            Stores stores) {
        this.properties = properties;
        this.kafka = new Dispatch(sender, RelaySettings.LEASE);
        this.listener = listener;
        this.report = report;
        this.stores = stores;
    }

    RunningStrategy create(StrategyName name) {
        return switch (name) {
            case RETRY -> retry();
            case MEMORY_QUEUE -> memoryQueue();
            case DISK_QUEUE -> diskQueue();
            case RELAY -> relay();
            case REGISTRATION -> registration();
            case OUTBOX -> outbox();
        };
    }

    private RunningStrategy retry() {
        List<Duration> pauses = properties.memoryQueue().retryPauses();
        RetrySchedule schedule = new RetrySchedule(
                pauses, pauses.get(pauses.size() - 1), properties.schedule().jitter(), RetrySchedule::randomFraction);
        TriggerQueue queue = queue();
        return inMemory(
                StrategyName.RETRY,
                queue,
                new ExpiringStore(queue, schedule.length(), report),
                kafka,
                schedule,
                () -> {});
    }

    private RunningStrategy memoryQueue() {
        TriggerQueue queue = queue();
        return inMemory(StrategyName.MEMORY_QUEUE, queue, queue, kafka, schedule(), () -> {});
    }

    private RunningStrategy diskQueue() {
        DiskQueue queue = stores.diskQueue();
        TriggerRelay relay = relay(StrategyName.DISK_QUEUE, queue, kafka, settings(schedule(), Duration.ZERO));
        TriggerBuffer buffer = new DiskBuffer(queue, relay::wakeUp);
        return new RunningStrategy.Buffered(buffer, relay, List.of(relay), queue);
    }

    private RunningStrategy relay() {
        RelayServiceConnection connection = connection();
        BatchDelivery delivery =
                new RelayFallback(kafka, new RelayServiceClient(connection.service()), schedule(), System::nanoTime);
        TriggerQueue queue = queue();
        return inMemory(StrategyName.RELAY, queue, queue, delivery, schedule(), connection);
    }

    private RunningStrategy inMemory(
            StrategyName name,
            TriggerQueue queue,
            TriggerStore store,
            BatchDelivery delivery,
            RetrySchedule schedule,
            AutoCloseable resources) {
        RelaySettings settings = settings(schedule, properties.memoryQueue().shutdownTimeout());
        TriggerRelay relay = relay(name, store, delivery, settings);
        TriggerBuffer buffer = new MemoryBuffer(queue, relay::wakeUp);
        return new RunningStrategy.Buffered(buffer, relay, List.of(new UnsentReport(queue, report), relay), resources);
    }

    private RunningStrategy registration() {
        RelayServiceConnection connection = connection();
        RelayServiceClient client = new RelayServiceClient(connection.service());
        Activations activations = new Activations(client, ActivationListener.NONE);
        TriggerBuffer buffer = new RegistrationBuffer(
                client, activations, properties.relayService().maxRunTime(), System::nanoTime);
        return new RunningStrategy.Buffered(buffer, null, List.of(activations), connection);
    }

    private RunningStrategy outbox() {
        TriggerTable rows = stores.table();
        OutboxProperties outbox = properties.outbox();
        RelaySettings settings = new RelaySettings(
                outbox.pollInterval(),
                outbox.batchSize(),
                RelaySettings.LEASE,
                schedule(),
                properties.schedule().drainPerSecond(),
                Duration.ZERO);
        TriggerRelay relay = relay(StrategyName.OUTBOX, rows, kafka, settings);
        return new RunningStrategy.InDatabase(new OutboxStrategy(rows, relay::wakeUp), relay);
    }

    private TriggerRelay relay(StrategyName name, TriggerStore store, BatchDelivery delivery, RelaySettings settings) {
        return new TriggerRelay(
                name.property(), store, delivery, properties.destinations().keySet(), settings, listener);
    }

    private RelaySettings settings(RetrySchedule schedule, Duration drainOnStop) {
        return new RelaySettings(
                POLL,
                BATCH,
                RelaySettings.LEASE,
                schedule,
                properties.schedule().drainPerSecond(),
                drainOnStop);
    }

    private RetrySchedule schedule() {
        return properties.schedule().schedule();
    }

    private TriggerQueue queue() {
        return new TriggerQueue(properties.memoryQueue().maxEntries(), System::nanoTime, InstantSource.system());
    }

    private RelayServiceConnection connection() {
        return new RelayServiceConnection(properties.relayService().settings());
    }
}
