package io.triggerquery.producer.internal.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.SenderContext;
import io.triggerquery.producer.internal.kafka.SendObserver;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.spi.TriggerSendObservation;
import io.triggerquery.producer.spi.TriggerSendObservationConvention;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates an observation of each send, which becomes a span and a timer. The application's propagator adds the span's
 * trace to the record's headers, so that a listener continues it.
 *
 * <p>Names and keys are those of the {@link TriggerSendObservationConvention}, and the low-cardinality key {@code
 * outcome}.
 *
 * <p>Threads: any. Failure: what the application's handlers and its convention throw is logged, and the trigger is
 * sent.
 */
public final class SendSpans implements SendObserver {

    private static final Logger log = LoggerFactory.getLogger(SendSpans.class);

    private final ObservationRegistry registry;
    private final TriggerSendObservationConvention convention;

    /** Creates observations that are named by the convention. */
    public SendSpans(ObservationRegistry registry, TriggerSendObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Consumer<SendOutcome> sending(String destination, ProducerRecord<String, String> record) {
        try {
            Propagator.Setter<Headers> setter = (headers, name, value) -> setHeader(record.headers(), name, value);
            var context = new SenderContext<>(setter, Kind.PRODUCER);
            context.setCarrier(record.headers());
            var observed = new TriggerSendObservation(destination, record.topic(), record.key());
            Observation observation = Observation.createNotStarted(convention.name(observed), () -> context, registry)
                    .contextualName(convention.contextualName(observed))
                    .lowCardinalityKeyValues(convention.lowCardinalityKeyValues(observed))
                    .highCardinalityKeyValues(convention.highCardinalityKeyValues(observed))
                    .start();
            return outcome -> stop(observation, outcome);
        } catch (RuntimeException failure) {
            log.error("An observation could not be started. The trigger is sent without it.", failure);
            return outcome -> {};
        }
    }

    private static void stop(Observation observation, SendOutcome outcome) {
        try {
            String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            observation.lowCardinalityKeyValue("outcome", name).stop();
        } catch (RuntimeException failure) {
            log.error("An observation could not be stopped.", failure);
        }
    }

    private static void setHeader(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
