package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.spi.TriggerObservationConvention;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The attributes and links of a round's span with OpenTelemetry's SDK. */
class RoundLinksTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319";
    private static final String SENDER = "b7ad6b716920333";

    private final List<SpanData> ended = new ArrayList<>();
    private final List<Observation.Context> observed = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();

    /** Records ended spans. */
    private final class Collecting implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    RoundLinksTest() {
        var otel = SdkTracerProvider.builder()
                .addSpanProcessor(new Collecting())
                .build()
                .get("test");
        var tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
        var propagator = new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
        registry.observationConfig()
                .observationHandler(new Recording())
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new RoundLinks(tracer, propagator),
                        new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
    }

    /** Records the observations that a meter would use. */
    private final class Recording implements ObservationHandler<Observation.Context> {

        @Override
        public void onStop(Observation.Context context) {
            observed.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private SmallEngine engine(SpanSettings settings) {
        var spans = new Spans(registry, new TriggerObservationConvention() {}, settings);
        return new SmallEngine(spans.observe(new ObservedListener("bills", "billing", "payment")));
    }

    private static void deliver(SmallEngine engine, String topic, String id, String traceparent) {
        var headers = new RecordHeaders();
        headers.add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        var trigger = new Trigger(topic, id, OptionalLong.empty(), Instant.EPOCH);
        engine.deliver(new Work.Refresh(trigger, RetryHistory.NONE, headers));
    }

    private static String traceparent(int sender) {
        return "00-" + TRACE + sender + "-" + SENDER + sender + "-01";
    }

    /** Queries ids of one topic in one round, each sent by its own span. */
    private SpanData round(SpanSettings settings, int ids) {
        SmallEngine engine = engine(settings);
        for (int i = 0; i < ids; i++) {
            deliver(engine, "bill-changed", "id-" + i, traceparent(i));
        }
        engine.run();
        assertThat(ended).hasSize(1);
        return ended.get(0);
    }

    private static List<String> spanIds(SpanData round) {
        return round.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> context.getTraceId() + " " + context.getSpanId() + " " + context.isSampled())
                .toList();
    }

    private static String link(int sender) {
        return TRACE + sender + " " + SENDER + sender + " true";
    }

    @Test
    void roundHasOneLinkPerTracedId() {
        SmallEngine engine = engine(new SpanSettings(false, 128));
        deliver(engine, "bill-changed", "a", traceparent(1));
        engine.deliver("none", 1);
        deliver(engine, "bill-changed", "b", traceparent(2));
        engine.run();
        SpanData round = ended.get(0);
        assertThat(spanIds(round)).containsExactly(link(1), link(2));
        assertThat(round.getParentSpanId())
                .as("the trace of the first trigger continues")
                .isEqualTo(SENDER + 1);
        assertThat(round.getName()).isEqualTo("triggerquery.round");
    }

    @Test
    void linksAreLimited() {
        SpanData round = round(new SpanSettings(false, 3), 8);
        assertThat(spanIds(round)).containsExactly(link(0), link(1), link(2));
        assertThat(round.getAttributes().get(AttributeKey.stringKey("ids"))).isEqualTo("8");
    }

    @Test
    void spanThatSentSeveralTriggersIsLinkedOnce() {
        SmallEngine engine = engine(new SpanSettings(false, 128));
        IntStream.range(0, 5).forEach(i -> deliver(engine, "bill-changed", "id-" + i, traceparent(7)));
        engine.run();
        assertThat(spanIds(ended.get(0))).containsExactly(link(7));
    }

    @Test
    void invalidTraceIsNotLinked() {
        SmallEngine engine = engine(new SpanSettings(false, 128));
        String zeros = "0".repeat(32);
        List.of("", "nonsense", "00-" + zeros + "-" + SENDER + "1-01", "00-" + TRACE + "1-0000000000000000-01")
                .forEach(traceparent -> deliver(engine, "bill-changed", "id-" + traceparent.length(), traceparent));
        engine.run();
        assertThat(ended)
                .hasSize(1)
                .allSatisfy(round -> assertThat(round.getLinks()).isEmpty());
    }

    @Test
    void attributesFollowOpenTelemetryMessagingConventions() {
        SpanData round = round(new SpanSettings(true, 0), 3);
        assertThat(round.getName()).isEqualTo("process bill-changed");
        assertThat(round.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(attributes(round))
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.operation.name", "process")
                .containsEntry("messaging.consumer.group.name", "payment")
                .containsEntry("messaging.destination.name", "bill-changed")
                .containsEntry("messaging.batch.message_count", "3")
                .containsEntry("listener", "bills");
        assertThat(round.getLinks()).isEmpty();
    }

    @Test
    void roundOfOneIdIsNoBatch() {
        assertThat(attributes(round(new SpanSettings(true, 0), 1)))
                .containsEntry("messaging.destination.name", "bill-changed")
                .doesNotContainKey("messaging.batch.message_count");
    }

    @Test
    void roundOfSeveralTopicsHasNoDestination() {
        SmallEngine engine = engine(new SpanSettings(true, 0));
        deliver(engine, "one", "a", traceparent(1));
        deliver(engine, "other", "b", traceparent(2));
        engine.run();
        assertThat(ended.get(0).getName()).isEqualTo("process");
        assertThat(attributes(ended.get(0))).doesNotContainKey("messaging.destination.name");
    }

    @Test
    void attributesAreNotOnMeters() {
        round(new SpanSettings(true, 128), 3);
        assertThat(observed)
                .allSatisfy(context -> assertThat(context.getLowCardinalityKeyValues())
                        .extracting(pair -> pair.getKey())
                        .containsExactlyInAnyOrder("listener", "source", "outcome"));
    }

    @Test
    void nothingIsAddedByDefault() {
        SpanData round = round(SpanSettings.NONE, 3);
        assertThat(round.getName()).isEqualTo("triggerquery.round");
        assertThat(round.getLinks()).isEmpty();
        assertThat(attributes(round)).containsOnlyKeys("listener", "source", "ids", "outcome");
        assertThat(observed.get(0)).isNotInstanceOf(RoundContext.class);
    }

    private static TreeMap<String, String> attributes(SpanData span) {
        var attributes = new TreeMap<String, String>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
        return attributes;
    }
}
