package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/**
 * Registers the meters of each listener, with the tag {@code listener}.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>type</th><th>meaning</th></tr>
 *   <tr><td>{@code triggerquery.triggers}</td><td>counter</td><td>received deliveries</td></tr>
 *   <tr><td>{@code triggerquery.ignored}</td><td>counter</td><td>records that do not concern the listener, settled
 *       without a query</td></tr>
 *   <tr><td>{@code triggerquery.already.applied}</td><td>counter</td><td>deliveries settled without a query, because
 *       their version had been applied</td></tr>
 *   <tr><td>{@code triggerquery.queries}</td><td>counter</td><td>rounds that queried the source; divided by triggers:
 *       queries per trigger</td></tr>
 *   <tr><td>{@code triggerquery.queried.ids}</td><td>counter</td><td>queried ids; divided by queries: the batch
 *       size</td></tr>
 *   <tr><td>{@code triggerquery.applied}</td><td>counter</td><td>ids whose state was projected</td></tr>
 *   <tr><td>{@code triggerquery.failures}</td><td>counter</td><td>rounds that failed for an id</td></tr>
 *   <tr><td>{@code triggerquery.failure.causes}</td><td>counter</td><td>the same, by the class of the cause in the tag
 *       {@code exception}</td></tr>
 *   <tr><td>{@code triggerquery.splits}</td><td>counter</td><td>rounds of several ids that failed and are repeated in
 *       smaller batches</td></tr>
 *   <tr><td>{@code triggerquery.stale}</td><td>counter</td><td>answers older than their trigger</td></tr>
 *   <tr><td>{@code triggerquery.refusals}</td><td>counter</td><td>rounds postponed because the source's circuit breaker
 *       was open or the source was busy</td></tr>
 *   <tr><td>{@code triggerquery.deferred}</td><td>counter</td><td>triggers sent to the retry topic</td></tr>
 *   <tr><td>{@code triggerquery.dead.lettered}</td><td>counter</td><td>triggers that can never be applied, sent to the
 *       dead-letter topic</td></tr>
 *   <tr><td>{@code triggerquery.invalid}</td><td>counter</td><td>records without a valid id, sent to the dead-letter
 *       topic</td></tr>
 *   <tr><td>{@code triggerquery.lost}</td><td>counter</td><td>offsets that were lost before they were read</td></tr>
 *   <tr><td>{@code triggerquery.read.failures}</td><td>counter</td><td>polls that failed, and records whose interceptor
 *       failed</td></tr>
 *   <tr><td>{@code triggerquery.staleness}</td><td>timer</td><td>the time from sending the trigger to projecting its
 *       state, with buckets from 50 ms to 30 min</td></tr>
 *   <tr><td>{@code triggerquery.pending}</td><td>gauge</td><td>the weight of the open deliveries; reading pauses at
 *       {@code max-pending}</td></tr>
 *   <tr><td>{@code triggerquery.ready}</td><td>gauge</td><td>ids that are ready for a worker</td></tr>
 *   <tr><td>{@code triggerquery.running}</td><td>gauge</td><td>running rounds</td></tr>
 *   <tr><td>{@code triggerquery.waiting}</td><td>gauge</td><td>ids that wait for a later attempt</td></tr>
 *   <tr><td>{@code triggerquery.held}</td><td>gauge</td><td>1 while the source is not queried because the source or the
 *       database is not available, else 0</td></tr>
 *   <tr><td>{@code triggerquery.suspended}</td><td>gauge</td><td>1 while the listener is suspended because every id
 *       fails, else 0</td></tr>
 *   <tr><td>{@code triggerquery.absences.held}</td><td>gauge</td><td>1 while it is suspended because the source reports
 *       too many ids in a row as absent, else 0</td></tr>
 *   <tr><td>{@code triggerquery.paused}</td><td>gauge</td><td>1 while an operator has paused the listener, else
 *       0</td></tr>
 *   <tr><td>{@code triggerquery.circuit.state}</td><td>gauge</td><td>the circuit breaker of its source: 0 closed, 1
 *       half open, 2 open</td></tr>
 *   <tr><td>{@code triggerquery.partitions}</td><td>gauge</td><td>partitions of this process; see
 *       {@link PartitionGauges}</td></tr>
 *   <tr><td>{@code triggerquery.watermark}</td><td>gauge</td><td>the first offset of a partition that is not settled,
 *       by {@code topic}, {@code partition} and {@code retry}</td></tr>
 *   <tr><td>{@code triggerquery.lag}</td><td>gauge</td><td>the number of offsets from there to the end, by the same
 *       tags</td></tr>
 *   <tr><td>{@code triggerquery.stuck.oldest.seconds}</td><td>gauge</td><td>how long the longest-stuck id has been
 *       stuck; 0 if none is</td></tr>
 *   <tr><td>{@code triggerquery.consistency.checks}</td><td>counter</td><td>checks of the consistency monitor, by
 *       {@code measure} and {@code result}</td></tr>
 *   <tr><td>{@code triggerquery.consistency.violations}</td><td>counter</td><td>violations that it has found, by
 *       {@code cause}</td></tr>
 *   <tr><td>{@code triggerquery.consistency.repairs}</td><td>counter</td><td>ids that it has triggered</td></tr>
 *   <tr><td>{@code triggerquery.consistency.oldest.seconds}</td><td>gauge</td><td>how long the oldest violation that it
 *       knows has persisted; 0 if it knows none</td></tr>
 *   <tr><td>{@code triggerquery.work.left.seconds}</td><td>gauge</td><td>how long the pending work of this process
 *       takes at its recent rate; see {@link WorkLeft}</td></tr>
 * </table>
 */
public final class Meters implements ObserverFactory {

    private final MeterRegistry registry;
    private final InstantSource clock;

    public Meters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new MeteredListener(registry, listener.id(), clock);
    }

    @Override
    public ReadingListener observeReading(ObservedListener listener) {
        return new MeteredReading(registry, listener.id());
    }

    @Override
    public void created(ObservedListener listener, TriggerEngine engine) {
        new EngineGauges(registry, listener.id(), engine).register();
    }

    @Override
    public void registered(ObservedListener listener, ListenerState state) {
        gauge(listener, "paused", state, observed -> observed.paused() ? 1 : 0);
        gauge(listener, "circuit.state", state, observed -> number(observed.circuit()));
        gauge(listener, "work.left.seconds", new WorkLeft(state, System::nanoTime), WorkLeft::seconds);
        new PartitionGauges(registry, listener.id(), state, System::nanoTime);
    }

    @Override
    public void monitored(ObservedListener listener, ConsistencyMonitor monitor) {
        monitor.add(new MeteredMonitor(registry, listener.id()));
        gauge(listener, "consistency.oldest.seconds", monitor, ConsistencyMonitor::oldestSeconds);
    }

    private <T> void gauge(ObservedListener listener, String name, T subject, ToDoubleFunction<T> value) {
        Gauge.builder("triggerquery." + name, subject, value)
                .tag("listener", listener.id())
                .strongReference(true)
                .register(registry);
    }

    private static double number(String circuit) {
        return switch (circuit) {
            case "HALF_OPEN" -> 1;
            case "OPEN", "FORCED_OPEN" -> 2;
            default -> 0;
        };
    }
}
