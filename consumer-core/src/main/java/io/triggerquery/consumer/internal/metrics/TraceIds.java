package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Reads the trace ids of observations. There are some only with Micrometer Tracing, an optional dependency. */
final class TraceIds {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "io.micrometer.tracing.handler.TracingObservationHandler", TraceIds.class.getClassLoader());

    private TraceIds() {}

    /** Returns the id of the trace that an observation is a part of, or null if there is none. */
    static @Nullable String of(Observation observation) {
        return PRESENT ? Tracing.traceId(observation.getContextView()) : null;
    }

    /** Uses Micrometer Tracing, and so may only be loaded if it is present. */
    private static final class Tracing {

        private static @Nullable String traceId(Observation.ContextView observed) {
            TracingContext tracing = observed.get(TracingContext.class);
            Span span = tracing == null ? null : tracing.getSpan();
            String traceId = span == null ? null : span.context().traceId();
            return traceId == null || traceId.isEmpty() ? null : traceId;
        }
    }
}
