package io.triggerquery.consumer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.engine.Work;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The meters of one listener, each with the tag {@code listener}.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><td>{@code triggerquery.triggers}</td><td>deliveries that have arrived</td></tr>
 *   <tr><td>{@code triggerquery.queries}</td><td>rounds that asked the source; divided by triggers: queries per trigger</td></tr>
 *   <tr><td>{@code triggerquery.applied}</td><td>rounds that succeeded</td></tr>
 *   <tr><td>{@code triggerquery.failures}</td><td>rounds that failed</td></tr>
 *   <tr><td>{@code triggerquery.refusals}</td><td>rounds put off because the source's circuit was open</td></tr>
 *   <tr><td>{@code triggerquery.dead.letters}</td><td>messages that were no triggers</td></tr>
 *   <tr><td>{@code triggerquery.staleness}</td><td>timer: from the trigger's record to its state's projection</td></tr>
 * </table>
 */
public final class MeteredListener implements EngineListener {

    private final Counter triggers;
    private final Counter queries;
    private final Counter applied;
    private final Counter failures;
    private final Counter refusals;
    private final Counter deadLetters;
    private final Timer staleness;
    private final InstantSource clock;

    public MeteredListener(MeterRegistry registry, String listenerId, InstantSource clock) {
        this.triggers = registry.counter("triggerquery.triggers", "listener", listenerId);
        this.queries = registry.counter("triggerquery.queries", "listener", listenerId);
        this.applied = registry.counter("triggerquery.applied", "listener", listenerId);
        this.failures = registry.counter("triggerquery.failures", "listener", listenerId);
        this.refusals = registry.counter("triggerquery.refusals", "listener", listenerId);
        this.deadLetters = registry.counter("triggerquery.dead.letters", "listener", listenerId);
        this.staleness = registry.timer("triggerquery.staleness", "listener", listenerId);
        this.clock = clock;
    }

    @Override
    public void received(Work work) {
        triggers.increment();
    }

    @Override
    public void queried(int ids) {
        queries.increment();
    }

    @Override
    public void applied(Work work, int failuresInARow) {
        if (work instanceof Work.Refresh refresh) {
            applied.increment();
            staleness.record(Duration.between(refresh.trigger().producedAt(), clock.instant()));
        } else {
            deadLetters.increment();
        }
    }

    @Override
    public void failed(Work work, int failuresInARow, Duration retryIn, Throwable cause) {
        failures.increment();
    }

    @Override
    public void refused(int ids, Duration pause) {
        refusals.increment();
    }
}
