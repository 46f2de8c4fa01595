package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.triggerquery.consumer.internal.engine.EngineListener;
import org.jspecify.annotations.Nullable;

/**
 * The observation of a round. A scope belongs to a thread, so each thread that runs a part of the round opens its own.
 */
final class RoundSpan implements EngineListener.RoundObserver {

    private final Observation observation;
    private Observation.Scope scope;

    RoundSpan(Observation observation) {
        this.observation = observation;
        this.scope = observation.openScope();
    }

    @Override
    public void left() {
        scope.close();
    }

    @Override
    public void entered() {
        scope = observation.openScope();
    }

    @Override
    public @Nullable String traceId() {
        return TraceIds.of(observation);
    }

    @Override
    public void ended(String outcome) {
        scope.close();
        Spans.stop(observation, outcome);
    }
}
