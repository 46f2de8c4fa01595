package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.IdStory;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** One trace from the producer through the query, as seen by the source, to the projection. */
class TraceIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDING = "b7ad6b7169203331";

    private final String topic = "things-" + UUID.randomUUID();
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Collecting()))
            .build();
    private final ObservationRegistry registry = tracing();

    private final class Collecting implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private ObservationRegistry tracing() {
        var otel = provider.get("test");
        var tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
        var propagator = new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
        ObservationRegistry made = ObservationRegistry.create();
        made.observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
        return made;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        private final ObservationRegistry registry;

        Application(ObservationRegistry registry) {
            this.registry = registry;
        }

        /** Does something observable, like a database. */
        @TriggerQueryListener(topics = "${things.topic}", source = ThingSource.class)
        void project(Thing thing) {
            Observation.start("write", registry).stop();
        }
    }

    private ConfigurableApplicationContext start(SourceServer source) {
        return new SpringApplicationBuilder(Application.class)
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(ObservationRegistry.class, () -> registry))
                .run(
                        "--things.topic=" + topic,
                        "--spring.kafka.bootstrap-servers=" + Broker.address(),
                        "--spring.kafka.consumer.group-id=" + topic,
                        "--triggerquery.sources.things.url=" + source.url());
    }

    @Test
    void traceJoinsProducerQueryAndProjection() throws Exception {
        Broker.create(topic);
        try (var source = new SourceServer();
                var application = start(source)) {
            source.versions.put("a", 1L);
            Broker.send(topic, "a", Map.of("traceparent", "00-" + TRACE + "-" + SENDING + "-01"));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> spans.stream().anyMatch(span -> span.getName().equals("triggerquery.round")));
            assertThat(application.isRunning()).isTrue();

            SpanData round = named("triggerquery.round");
            assertThat(round.getParentSpanId()).isEqualTo(SENDING);
            SpanData query = named("triggerquery.query");
            assertThat(query.getParentSpanId()).isEqualTo(round.getSpanId());
            SpanData call = spans.stream()
                    .filter(span -> span.getParentSpanId().equals(query.getSpanId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(source.traceparents).contains("00-" + TRACE + "-" + call.getSpanId() + "-01");
            SpanData projection = named("triggerquery.projection");
            assertThat(projection.getParentSpanId()).isEqualTo(round.getSpanId());
            assertThat(named("write").getParentSpanId()).isEqualTo(projection.getSpanId());
            assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE);
            ListenerOperations listener =
                    application.getBean(TriggerListeners.class).operations().get(0);
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(listener.story("a").rounds())
                            .extracting(IdStory.Round::traceId)
                            .containsExactly(TRACE));
        }
    }

    private SpanData named(String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
    }
}
