package io.triggerquery.producer.internal.metrics;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.SenderContext;
import io.triggerquery.producer.internal.kafka.SendObserver;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the observation {@code triggerquery.producer.send} of each send, which becomes a span and a timer. The
 * application's propagator adds the span's trace to the record's headers, so that a listener continues it.
 *
 * <p>Keys: {@code destination} and {@code outcome} (acknowledged, unreachable, blocked, refused); on spans also
 * OpenTelemetry's attributes for messaging.
 *
 * <p>Threads: any. Failure: what the application's handlers throw is logged, and the trigger is sent.
 */
public final class SendSpans implements SendObserver {

    private static final Logger log = LoggerFactory.getLogger(SendSpans.class);

    private static final String OPERATION = "send";

    private final ObservationRegistry registry;

    /** Creates spans in this registry. */
    public SendSpans(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Consumer<SendOutcome> sending(String destination, ProducerRecord<String, String> record) {
        try {
            Propagator.Setter<Headers> setter = (headers, name, value) -> setHeader(record.headers(), name, value);
            var context = new SenderContext<>(setter, Kind.PRODUCER);
            context.setCarrier(record.headers());
            Observation observation = Observation.createNotStarted(
                            "triggerquery.producer.send", () -> context, registry)
                    .contextualName(OPERATION + " " + record.topic())
                    .lowCardinalityKeyValue("destination", destination)
                    .highCardinalityKeyValues(KeyValues.of(
                            "messaging.system",
                            "kafka",
                            "messaging.operation.name",
                            OPERATION,
                            "messaging.operation.type",
                            OPERATION,
                            "messaging.destination.name",
                            record.topic(),
                            "messaging.kafka.message.key",
                            record.key()))
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
