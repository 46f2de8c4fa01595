package io.triggerquery.producer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.spi.TriggerSendObservation;
import io.triggerquery.producer.spi.TriggerSendObservationConvention;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The observation of a send. */
class SendSpansTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<SenderContext<?>> ended = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final SendSpans spans = new SendSpans(registry, new TriggerSendObservationConvention() {});
    private final ProducerRecord<String, String> record = new ProducerRecord<>("payments", "p-1", "p-1");
    private boolean broken;

    /** Adds a trace header to the record, as Micrometer Tracing does. */
    private final class Tracing implements ObservationHandler<SenderContext<Object>> {

        @Override
        public void onStart(SenderContext<Object> context) {
            if (broken) {
                throw new IllegalStateException("for the test");
            }
            context.getSetter().set(context.getCarrier(), "traceparent", TRACE);
        }

        @Override
        public void onStop(SenderContext<Object> context) {
            ended.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext<?>;
        }
    }

    SendSpansTest() {
        registry.observationConfig().observationHandler(new Tracing());
    }

    private String traceparent() {
        return new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> keys(Iterable<KeyValue> values) {
        List<KeyValue> list = new ArrayList<>();
        values.forEach(list::add);
        return list.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    static List<SendOutcome> outcomes() {
        return List.of(
                new SendOutcome.Acknowledged(),
                new SendOutcome.Unreachable("away"),
                new SendOutcome.Blocked("denied"),
                new SendOutcome.Refused("too large"));
    }

    @Test
    void traceHeaderOfTheSendReplacesAnEarlierOne() {
        record.headers().add("traceparent", "earlier".getBytes(StandardCharsets.UTF_8));
        spans.sending("changed", record);
        assertThat(record.headers().headers("traceparent")).hasSize(1);
        assertThat(traceparent()).isEqualTo(TRACE);
        assertThat(ended).as("observations that ended before the outcome").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void eachOutcomeEndsTheObservation(SendOutcome outcome) {
        spans.sending("changed", record).accept(outcome);
        assertThat(keys(ended.get(0).getLowCardinalityKeyValues()))
                .isEqualTo(Map.of(
                        "destination",
                        "changed",
                        "outcome",
                        outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    }

    @Test
    void spanHasOpenTelemetryAttributesAndMetersHaveNoId() {
        spans.sending("changed", record).accept(new SendOutcome.Acknowledged());
        SenderContext<?> send = ended.get(0);
        assertThat(send.getKind()).isEqualTo(Kind.PRODUCER);
        assertThat(send.getName()).isEqualTo("triggerquery.producer.send");
        assertThat(send.getContextualName()).isEqualTo("send payments");
        assertThat(keys(send.getHighCardinalityKeyValues()))
                .isEqualTo(Map.of(
                        "messaging.system", "kafka",
                        "messaging.operation.name", "send",
                        "messaging.operation.type", "send",
                        "messaging.destination.name", "payments",
                        "messaging.kafka.message.key", "p-1"));
        assertThat(keys(send.getLowCardinalityKeyValues())).doesNotContainValue("p-1");
    }

    @Test
    void applicationCanNameTheObservation() {
        var own = new SendSpans(registry, new TriggerSendObservationConvention() {
            @Override
            public String name(TriggerSendObservation observation) {
                return "own.send";
            }

            @Override
            public String contextualName(TriggerSendObservation observation) {
                return "to " + observation.topic();
            }

            @Override
            public KeyValues lowCardinalityKeyValues(TriggerSendObservation observation) {
                return KeyValues.of("to", observation.destination());
            }

            @Override
            public KeyValues highCardinalityKeyValues(TriggerSendObservation observation) {
                return KeyValues.of("id", observation.id());
            }
        });
        own.sending("changed", record).accept(new SendOutcome.Acknowledged());
        SenderContext<?> send = ended.get(0);
        assertThat(send.getName()).isEqualTo("own.send");
        assertThat(send.getContextualName()).isEqualTo("to payments");
        assertThat(keys(send.getLowCardinalityKeyValues()))
                .isEqualTo(Map.of("to", "changed", "outcome", "acknowledged"));
        assertThat(keys(send.getHighCardinalityKeyValues())).isEqualTo(Map.of("id", "p-1"));
    }

    @Test
    void throwingConventionDoesNotAffectTheSend() {
        var broken = new SendSpans(registry, new TriggerSendObservationConvention() {
            @Override
            public String name(TriggerSendObservation observation) {
                throw new IllegalStateException("for the test");
            }
        });
        broken.sending("changed", record).accept(new SendOutcome.Acknowledged());
        assertThat(ended).isEmpty();
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void throwingHandlerDoesNotAffectTheSend() {
        broken = true;
        spans.sending("changed", record).accept(new SendOutcome.Acknowledged());
        assertThat(record.headers()).isEmpty();
    }
}
