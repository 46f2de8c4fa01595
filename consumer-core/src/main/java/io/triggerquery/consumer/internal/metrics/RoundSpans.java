package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.ReceiverContext;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Creates an observation for each round; see {@link Spans}. */
final class RoundSpans implements EngineListener {

    private static final Propagator.Getter<Headers> HEADERS = RoundSpans::header;

    private final Spans spans;
    private final ObservedListener listener;

    RoundSpans(Spans spans, ObservedListener listener) {
        this.spans = spans;
        this.listener = listener;
    }

    @Override
    public RoundObserver begun(List<Trigger> triggers, @Nullable Object context) {
        List<String> ids = triggers.stream().map(Trigger::id).toList();
        return new RoundSpan(spans.round(listener, ids, () -> contextOf(context)));
    }

    private static Observation.Context contextOf(@Nullable Object context) {
        if (!(context instanceof Headers headers)) {
            return new Observation.Context();
        }
        var received = new ReceiverContext<>(HEADERS);
        received.setCarrier(headers);
        return received;
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
