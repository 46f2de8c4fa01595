package io.triggerquery.producer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.relay.RelayListener;
import io.triggerquery.producer.relay.TriggerStore;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The meters: {@code triggerquery.producer.sent} and {@code .failed} count triggers by destination,
 * {@code .pending} and {@code .oldest.age} (seconds) look at the store.
 *
 * <p>Threads: any. Bounds: the store is looked at once in five seconds at most. Failure: the gauges are NaN while the
 * store can't be read.
 */
public final class MicrometerRelayListener implements RelayListener {

    private static final String PREFIX = "triggerquery.producer.";

    private final MeterRegistry registry;

    /**
     * Registers the gauges.
     *
     * @param nanoTime the clock that spaces the looks at the store
     */
    public MicrometerRelayListener(MeterRegistry registry, TriggerStore store, LongSupplier nanoTime) {
        this.registry = registry;
        BacklogGauge backlog = new BacklogGauge(store, nanoTime);
        Gauge.builder(PREFIX + "pending", backlog, BacklogGauge::pending)
                .description("Triggers that wait to be sent")
                .strongReference(true)
                .register(registry);
        Gauge.builder(PREFIX + "oldest.age", backlog, BacklogGauge::oldestAgeSeconds)
                .description("Age of the oldest trigger that waits to be sent")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void sent(String destination, int triggers) {
        Counter.builder(PREFIX + "sent")
                .description("Triggers that the broker has acknowledged")
                .tag("destination", destination)
                .register(registry)
                .increment(triggers);
    }

    @Override
    public void failed(String destination, Reason reason, int triggers) {
        Counter.builder(PREFIX + "failed")
                .description("Sends that failed")
                .tag("destination", destination)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(triggers);
    }
}
