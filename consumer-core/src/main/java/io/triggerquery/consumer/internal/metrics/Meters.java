package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.InstantSource;

/**
 * Registers the meters of each listener, with the tag {@code listener}.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>type</th><th>meaning</th></tr>
 *   <tr><td>{@code triggerquery.triggers}</td><td>counter</td><td>deliveries that have arrived</td></tr>
 *   <tr><td>{@code triggerquery.already.applied}</td><td>counter</td><td>of these, settled without a query because their
 *       version had been applied</td></tr>
 *   <tr><td>{@code triggerquery.queries}</td><td>counter</td><td>rounds that asked the source; divided by triggers: queries per
 *       trigger</td></tr>
 *   <tr><td>{@code triggerquery.queried.ids}</td><td>counter</td><td>ids asked for; divided by queries: the size of a
 *       batch</td></tr>
 *   <tr><td>{@code triggerquery.applied}</td><td>counter</td><td>ids whose state was projected</td></tr>
 *   <tr><td>{@code triggerquery.failures}</td><td>counter</td><td>rounds that failed for an id</td></tr>
 *   <tr><td>{@code triggerquery.splits}</td><td>counter</td><td>rounds of several ids that failed and are repeated in
 *       smaller batches</td></tr>
 *   <tr><td>{@code triggerquery.stale}</td><td>counter</td><td>answers older than their trigger</td></tr>
 *   <tr><td>{@code triggerquery.refusals}</td><td>counter</td><td>rounds put off because the source's circuit was open, or
 *       the source busy</td></tr>
 *   <tr><td>{@code triggerquery.deferred}</td><td>counter</td><td>triggers sent to the retry topic</td></tr>
 *   <tr><td>{@code triggerquery.dead-lettered}</td><td>counter</td><td>triggers that can never be applied, sent to the dead-letter
 *       topic</td></tr>
 *   <tr><td>{@code triggerquery.dead.letters}</td><td>counter</td><td>messages that were no triggers, sent to the
 *       dead-letter topic</td></tr>
 *   <tr><td>{@code triggerquery.lost}</td><td>counter</td><td>offsets that were gone before they were read</td></tr>
 *   <tr><td>{@code triggerquery.read.failures}</td><td>counter</td><td>polls that failed, and records that an
 *       interceptor kept from being handed over</td></tr>
 *   <tr><td>{@code triggerquery.staleness}</td><td>timer</td><td>from the trigger's sending to its state's
 *       projection</td></tr>
 *   <tr><td>{@code triggerquery.pending}</td><td>gauge</td><td>what the open deliveries weigh; reading pauses at {@code
 *       triggerquery.max-pending}</td></tr>
 *   <tr><td>{@code triggerquery.ready}</td><td>gauge</td><td>ids that a worker could take</td></tr>
 *   <tr><td>{@code triggerquery.running}</td><td>gauge</td><td>rounds at work</td></tr>
 *   <tr><td>{@code triggerquery.waiting}</td><td>gauge</td><td>ids that wait for a later try</td></tr>
 *   <tr><td>{@code triggerquery.held}</td><td>gauge</td><td>1 while nothing is asked because the source or the database is
 *       away, else 0</td></tr>
 *   <tr><td>{@code triggerquery.stuck.oldest.seconds}</td><td>gauge</td><td>for how long the id that has been failing for
 *       longest has done so; 0 if none fails</td></tr>
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
    public void made(ObservedListener listener, TriggerEngine engine) {
        new EngineGauges(registry, listener.id(), engine).register();
    }
}
