package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.ReceiverContext;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.spi.TriggerObservation;
import io.triggerquery.consumer.spi.TriggerObservationConvention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The observations of a round, the order in which they end, and the trace they continue. */
class SpansTest {

    private final List<String> ended = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final Spans spans = new Spans(registry, new TriggerObservationConvention() {}, SpanSettings.NONE);
    private final ObservedListener bills = new ObservedListener("bills", "billing", "payment");
    private final SmallEngine small = new SmallEngine(
            new CompositeEngineListener(List.of(spans.observe(bills))),
            query -> spans.wrap(bills, query),
            projection -> spans.wrap(bills, projection));

    SpansTest() {
        registry.observationConfig().observationHandler(new Recorder());
    }

    private final class Recorder implements ObservationHandler<Observation.Context> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStop(Observation.Context context) {
            ObservationView parent = context.getParentObservation();
            var keys = new TreeMap<String, String>();
            context.getAllKeyValues().forEach(pair -> keys.put(pair.getKey(), pair.getValue()));
            assertThat(keys).containsEntry("listener", "bills").containsEntry("source", "billing");
            keys.keySet().removeAll(new TreeSet<>(List.of("listener", "source")));
            ended.add(context.getName()
                    + keys
                    + (parent == null
                            ? trace(context)
                            : " in " + parent.getContextView().getName())
                    + (context.getError() == null
                            ? ""
                            : " " + context.getError().getMessage()));
        }

        private static String trace(Observation.Context context) {
            return context instanceof ReceiverContext<?> received ? " of " + trace(received) : "";
        }

        @SuppressWarnings("unchecked")
        private static String trace(ReceiverContext<?> received) {
            var context = (ReceiverContext<Headers>) received;
            return context.getGetter().get(context.getCarrier(), "traceparent");
        }
    }

    @Test
    void applicationConventionNamesObservations() {
        var named = new ArrayList<String>();
        var own = new Spans(
                registry,
                new TriggerObservationConvention() {
                    @Override
                    public String name(TriggerObservation observation) {
                        return "own." + observation.step().name().toLowerCase(Locale.ROOT);
                    }

                    @Override
                    public KeyValues highCardinalityKeyValues(TriggerObservation observation) {
                        named.addAll(observation.ids());
                        return KeyValues.of("tenant", observation.listener());
                    }
                },
                SpanSettings.NONE);
        Spans.stop(own.start(TriggerObservation.Step.QUERY, bills, List.of("a", "b")), "answered");
        assertThat(ended).containsExactly("own.query{outcome=answered, tenant=bills}");
        assertThat(named).containsExactly("a", "b");
    }

    @Test
    void failingConventionDoesNotFailRound() {
        var broken = new Spans(
                registry,
                new TriggerObservationConvention() {
                    @Override
                    public String name(TriggerObservation observation) {
                        throw new IllegalStateException("as asked");
                    }
                },
                SpanSettings.NONE);
        assertThat(broken.start(TriggerObservation.Step.ROUND, bills, List.of("a")))
                .isSameAs(Observation.NOOP);
    }

    private void deliver(String id, String trace) {
        var headers = new RecordHeaders();
        headers.add("traceparent", trace.getBytes(StandardCharsets.UTF_8));
        var trigger = new Trigger("bills", id, OptionalLong.empty(), Instant.EPOCH);
        small.deliver(new Work.Refresh(trigger, RetryHistory.NONE, headers));
    }

    @Test
    void roundOfOneIdContinuesTraceOfItsTrigger() {
        deliver("a", "trace-a");
        small.run();
        assertThat(ended)
                .containsExactly(
                        "triggerquery.query{id=a, outcome=answered} in triggerquery.round",
                        "triggerquery.projection{id=a, outcome=applied} in triggerquery.round",
                        "triggerquery.round{id=a, outcome=applied} of trace-a");
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void batchContinuesFirstTraceAndHasItsSize() {
        small.deliver("none", 1);
        deliver("a", "trace-a");
        deliver("b", "trace-b");
        small.run();
        assertThat(ended)
                .containsExactly(
                        "triggerquery.query{ids=3, outcome=answered} in triggerquery.round",
                        "triggerquery.projection{ids=3, outcome=applied} in triggerquery.round",
                        "triggerquery.round{ids=3, outcome=applied} of trace-a");
    }

    @Test
    void traceOfNewestTriggerIsContinued() {
        deliver("a", "older");
        deliver("a", "newer");
        small.run();
        assertThat(ended).last().asString().endsWith("of newer");
    }

    @Test
    void retriedRoundStaysInTrace() {
        small.failing.put("a", new IllegalStateException("as asked"));
        deliver("a", "trace-a");
        small.run();
        assertThat(ended)
                .containsExactly(
                        "triggerquery.query{id=a, outcome=failed} in triggerquery.round as asked",
                        "triggerquery.round{id=a, outcome=failed} of trace-a");
        small.failing.clear();
        small.advance(Duration.ofSeconds(1));
        assertThat(ended).last().asString().endsWith("{id=a, outcome=applied} of trace-a");
    }

    @Test
    void refusalIsNoError() {
        small.refusing = true;
        small.deliver("a", 1);
        small.run();
        assertThat(ended)
                .containsExactly(
                        "triggerquery.query{id=a, outcome=refused} in triggerquery.round",
                        "triggerquery.round{id=a, outcome=refused}");
    }

    @Test
    void failedProjectionIsASeparateError() {
        small.failingProjections.add("a");
        small.deliver("a", 1);
        small.run();
        assertThat(ended)
                .containsExactly(
                        "triggerquery.query{id=a, outcome=answered} in triggerquery.round",
                        "triggerquery.projection{id=a, outcome=failed} in triggerquery.round as asked of a",
                        "triggerquery.round{id=a, outcome=failed}");
    }

    @Test
    void differentOutcomesAreMixed() {
        small.deliver("a", 1);
        small.deliver("b", 2);
        small.run();
        assertThat(ended).contains("triggerquery.round{ids=2, outcome=mixed}");
    }

    @Test
    void asynchronousRoundIsOneObservationWithoutOpenScope() {
        small.answersLater = true;
        deliver("a", "trace-a");
        small.run();
        assertThat(ended).isEmpty();
        assertThat(registry.getCurrentObservation()).isNull();
        small.answer();
        assertThat(ended).containsExactly("triggerquery.query{id=a, outcome=answered} in triggerquery.round");
        small.run();
        assertThat(ended)
                .hasSize(3)
                .endsWith(
                        "triggerquery.projection{id=a, outcome=applied} in triggerquery.round",
                        "triggerquery.round{id=a, outcome=applied} of trace-a");
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void asynchronousFailureIsAnErrorOfTheQuery() {
        small.answersLater = true;
        small.failing.put("a", new IllegalStateException("as asked"));
        small.deliver("a", 1);
        small.run();
        small.answer();
        small.run();
        assertThat(ended)
                .containsExactly(
                        "triggerquery.query{id=a, outcome=failed} in triggerquery.round as asked",
                        "triggerquery.round{id=a, outcome=failed}");
    }

    @Test
    void laterWorkRunsInScopeOfItsObservation() {
        Observation observation = Observation.start("any", registry);
        Executor here;
        try (var scope = observation.openScope()) {
            here = spans.captureContext();
        }
        var seen = new ArrayList<Observation>();
        here.execute(() -> seen.add(registry.getCurrentObservation()));
        assertThat(seen).containsExactly(observation);
        assertThat(registry.getCurrentObservation()).isNull();
    }
}
