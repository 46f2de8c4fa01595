package io.triggerquery.producer.internal.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Registers gauges of the backlog and the destinations.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><td>{@code triggerquery.producer.pending}</td><td>triggers that wait to be sent</td></tr>
 *   <tr><td>{@code triggerquery.producer.oldest.age}</td><td>the age of the oldest of these, in seconds</td></tr>
 *   <tr><td>{@code triggerquery.producer.parked}</td><td>parked triggers, which wait for an operator</td></tr>
 *   <tr><td>{@code triggerquery.producer.unconfigured}</td>
 *       <td>triggers that wait for destinations that are not configured</td></tr>
 *   <tr><td>{@code triggerquery.producer.store.failing}</td>
 *       <td>1 if the store has failed twice in a row, else 0</td></tr>
 *   <tr><td>{@code triggerquery.producer.destination.state}</td>
 *       <td>by {@code destination}: 0 open, 1 draining, 2 away, 3 partly away</td></tr>
 *   <tr><td>{@code triggerquery.producer.relay.overdue}</td>
 *       <td>for how long the next pass of the relay loop has been due, in seconds; grows while it stands</td></tr>
 *   <tr><td>{@code triggerquery.producer.spool.bytes}</td><td>the size of the spool on disk</td></tr>
 *   <tr><td>{@code triggerquery.producer.spool.max}</td><td>its maximum, in bytes</td></tr>
 *   <tr><td>{@code triggerquery.producer.spool.max.entries}</td><td>how many ids may wait in it</td></tr>
 * </table>
 *
 * <p>All but those of the spool have the tag {@code strategy}.
 *
 * <p>Threads: any. Bounds: a store is read at most once in five seconds. Failure: gauges of the backlog are NaN while
 * the store cannot be read.
 */
public final class ProducerGauges {

    private static final String PREFIX = "triggerquery.producer.";
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MeterRegistry registry;
    private final LongSupplier nanoTime;

    /**
     * Registers the gauges of these relays.
     *
     * @param relays the relays by strategy
     * @param nanoTime the clock that limits how often stores are read
     */
    public ProducerGauges(MeterRegistry registry, Map<String, TriggerRelay> relays, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        relays.forEach(this::register);
    }

    /** Registers the gauges of another relay. */
    public void register(String strategy, TriggerRelay relay) {
        registerBacklog(strategy, new BacklogGauge(relay.store(), nanoTime));
        registerFailures(strategy, relay);
        relay.destinationStates().keySet().forEach(destination -> registerState(strategy, destination, relay));
    }

    /** Registers the gauges of a spool's size in bytes, and of its limits. */
    public void registerSpool(LongSupplier bytes, long maxBytes, int maxEntries) {
        gauge("spool.bytes", "Size of the spool on disk", bytes, LongSupplier::getAsLong)
                .baseUnit("bytes")
                .register(registry);
        gauge("spool.max", "Maximum size of the spool", maxBytes, Long::doubleValue)
                .baseUnit("bytes")
                .register(registry);
        gauge("spool.max.entries", "Maximum number of ids in the spool", maxEntries, Integer::doubleValue)
                .register(registry);
    }

    private void registerBacklog(String strategy, BacklogGauge backlog) {
        gauge("pending", "Triggers that wait to be sent", backlog, BacklogGauge::pending)
                .tag("strategy", strategy)
                .register(registry);
        gauge("oldest.age", "Age of the oldest trigger that waits to be sent", backlog, BacklogGauge::oldestAgeSeconds)
                .tag("strategy", strategy)
                .baseUnit("seconds")
                .register(registry);
        gauge("parked", "Triggers that wait for an operator", backlog, BacklogGauge::parked)
                .tag("strategy", strategy)
                .register(registry);
    }

    private void registerFailures(String strategy, TriggerRelay relay) {
        gauge(
                        "unconfigured",
                        "Triggers that wait for destinations that are not configured",
                        relay,
                        subject -> subject.unconfiguredDestinations().values().stream()
                                .mapToLong(triggers -> triggers)
                                .sum())
                .tag("strategy", strategy)
                .register(registry);
        gauge(
                        "store.failing",
                        "1 if the store has failed twice in a row",
                        relay,
                        subject -> subject.storeFailure().isPresent() ? 1 : 0)
                .tag("strategy", strategy)
                .register(registry);
        gauge(
                        "relay.overdue",
                        "For how long the next pass of the relay loop has been due",
                        relay,
                        subject -> subject.overdue().toMillis() / MILLIS_PER_SECOND)
                .tag("strategy", strategy)
                .baseUnit("seconds")
                .register(registry);
    }

    private void registerState(String strategy, String destination, TriggerRelay relay) {
        gauge(
                        "destination.state",
                        "0 open, 1 draining, 2 away, 3 partly away",
                        relay,
                        subject -> number(subject.destinationStates().getOrDefault(destination, DestinationState.OPEN)))
                .tag("strategy", strategy)
                .tag("destination", destination)
                .register(registry);
    }

    private static <T> Gauge.Builder<T> gauge(String name, String description, T subject, ToDoubleFunction<T> value) {
        return Gauge.builder(PREFIX + name, subject, value)
                .description(description)
                .strongReference(true);
    }

    private static double number(DestinationState state) {
        return switch (state) {
            case OPEN -> 0;
            case DRAINING -> 1;
            case AWAY -> 2;
            case PARTLY_AWAY -> 3;
        };
    }
}
