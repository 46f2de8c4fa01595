package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Creates an observation for each round; see {@link Spans}. */
final class RoundSpans implements EngineListener {

    private final Spans spans;
    private final ObservedListener listener;

    RoundSpans(Spans spans, ObservedListener listener) {
        this.spans = spans;
        this.listener = listener;
    }

    @Override
    public RoundObserver begun(List<Trigger> triggers, IntFunction<@Nullable Object> contexts) {
        return new RoundSpan(spans.round(listener, triggers, contexts));
    }
}
