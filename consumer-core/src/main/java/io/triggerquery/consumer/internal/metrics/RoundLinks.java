package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * Starts the spans of rounds with links to the spans that sent their triggers. It reads these from the header
 * {@code traceparent} of W3C Trace Context; what is not valid is ignored.
 *
 * <p>Uses Micrometer Tracing, an optional dependency, and so may only be loaded if it is present.
 */
public final class RoundLinks extends PropagatingReceiverTracingObservationHandler<RoundContext> {

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final int SAMPLED = 1;
    private static final int HEXADECIMAL = 16;

    private record Sender(String traceId, String spanId, boolean sampled) {}

    /** Creates a handler of the observations of rounds. */
    public RoundLinks(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof RoundContext;
    }

    @Override
    public Span.Builder customizeExtractedSpan(RoundContext context, Span.Builder builder) {
        Set<Sender> senders = new LinkedHashSet<>(); // one span may have sent several triggers
        for (Headers headers : context.linked()) {
            String text = RoundContext.header(headers, "traceparent");
            Matcher traceparent = TRACEPARENT.matcher(text == null ? "" : text);
            if (traceparent.matches()) {
                int flags = Integer.parseInt(traceparent.group(3), HEXADECIMAL);
                senders.add(new Sender(traceparent.group(1), traceparent.group(2), (flags & SAMPLED) != 0));
            }
        }
        senders.forEach(sender -> builder.addLink(new Link(context(sender))));
        return builder;
    }

    private TraceContext context(Sender sender) {
        return getTracer()
                .traceContextBuilder()
                .traceId(sender.traceId())
                .spanId(sender.spanId())
                .sampled(sender.sampled())
                .build();
    }
}
