package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.spi.TriggerObservation;
import io.triggerquery.consumer.spi.TriggerObservation.Step;
import io.triggerquery.consumer.spi.TriggerObservationConvention;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the Micrometer observations of each listener, which become spans and timers.
 *
 * <table>
 *   <caption>Observations</caption>
 *   <tr><th>name</th><th>around</th><th>outcome</th></tr>
 *   <tr><td>{@code triggerquery.round}</td><td>the query and the projection</td><td>applied, stale, unconfirmed,
 *       refused, split, failed, mixed</td></tr>
 *   <tr><td>{@code triggerquery.query}</td><td>the query of the source</td><td>answered, refused, failed</td></tr>
 *   <tr><td>{@code triggerquery.projection}</td><td>the annotated method</td><td>applied, failed</td></tr>
 * </table>
 *
 * <p>Names and keys are those of the {@link TriggerObservationConvention}, and the low-cardinality key {@code outcome}.
 *
 * <p>A round continues the trace in the headers of the trigger's record ({@code traceparent}, or whatever the
 * application's propagator reads). A round of several ids continues the trace of the first of them that has one, since
 * a round has one parent. A later trigger of an id replaces the trace of an earlier one that waits; a repeated round
 * keeps its trace. {@link SpanSettings} says what the span of a round has in addition; none of it is on meters.
 */
public final class Spans implements ObserverFactory {

    private static final Logger log = LoggerFactory.getLogger(Spans.class);

    private final ObservationRegistry registry;
    private final TriggerObservationConvention convention;
    private final SpanSettings settings;

    /** Creates observations that are named by the convention. */
    public Spans(ObservationRegistry registry, TriggerObservationConvention convention, SpanSettings settings) {
        this.registry = registry;
        this.convention = convention;
        this.settings = settings;
    }

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new RoundSpans(this, listener);
    }

    @Override
    public <S> Query<S> wrap(ObservedListener listener, Query<S> query) {
        return new ObservedQuery<>(query, this, listener);
    }

    @Override
    public <S> Projection<S> wrap(ObservedListener listener, Projection<S> projection) {
        return new ObservedProjection<>(projection, this, listener);
    }

    /** Captures the calling thread's observation. The returned executor runs a task within it, on another thread. */
    public Executor captureContext() {
        Observation current = registry.getCurrentObservation();
        return current == null
                ? Runnable::run
                : task -> {
                    try (var scope = current.openScope()) {
                        task.run();
                    }
                };
    }

    Observation round(ObservedListener listener, List<Trigger> triggers, IntFunction<@Nullable Object> contexts) {
        if (registry.isNoop()) {
            return Observation.NOOP;
        }
        List<String> ids = triggers.stream().map(Trigger::id).toList();
        Supplier<Observation.Context> context = () -> RoundContext.of(ids.size(), contexts, settings.maxLinks());
        return start(Step.ROUND, listener, ids, context, observation -> {
            if (settings.messagingAttributes()) {
                var messaging = MessagingAttributes.of(listener, triggers);
                observation.contextualName(messaging.spanName()).highCardinalityKeyValues(messaging.keyValues());
            }
        });
    }

    Observation start(Step step, ObservedListener listener, List<String> ids) {
        return start(step, listener, ids, Observation.Context::new, observation -> {});
    }

    /** Handlers and the convention are the application's; a failure of one must not affect the round. */
    private Observation start(
            Step step,
            ObservedListener listener,
            List<String> ids,
            Supplier<Observation.Context> context,
            Consumer<Observation> more) {
        if (registry.isNoop()) {
            return Observation.NOOP;
        }
        try {
            var observed = new TriggerObservation(step, listener.id(), listener.source(), ids);
            Observation observation = Observation.createNotStarted(convention.name(observed), context, registry)
                    .lowCardinalityKeyValues(convention.lowCardinalityKeyValues(observed))
                    .highCardinalityKeyValues(convention.highCardinalityKeyValues(observed));
            more.accept(observation);
            return observation.start();
        } catch (RuntimeException failure) {
            log.error("An observation could not be started. The round continues without it.", failure);
            return Observation.NOOP;
        }
    }

    static void stop(Observation observation, String outcome) {
        try {
            observation.lowCardinalityKeyValue("outcome", outcome).stop();
        } catch (RuntimeException failure) {
            log.error("An observation could not be stopped. The round continues.", failure);
        }
    }
}
