package io.triggerquery.producer.kafka;

import io.triggerquery.producer.sending.Destinations;
import io.triggerquery.producer.sending.SendOutcome;
import io.triggerquery.producer.sending.Trigger;
import io.triggerquery.producer.sending.TriggerSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

/**
 * Sends triggers with a producer of their own, never with the application's: key and value are the id.
 *
 * <p>Threads: any. Bounds: a call holds its thread for at most 1 s, an answer takes at most 4.5 s, unsent records take
 * at most 4 MiB. Failure: every failure is an outcome; a producer that may have reached its fatal state is replaced
 * before the next send.
 */
public final class KafkaTriggerSender implements TriggerSender, AutoCloseable {

    /** The longest time a send can take, from the call to its outcome. */
    public static final Duration LONGEST_SEND =
            Duration.ofMillis(TriggerProducerConfig.MAX_BLOCK_MS + TriggerProducerConfig.DELIVERY_TIMEOUT_MS);

    /** Carries a trigger's version, in decimal digits. */
    static final String VERSION_HEADER = "triggerquery-version";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Destinations destinations;
    private final DefaultKafkaProducerFactory<String, String> producers;
    private final KafkaTemplate<String, String> template;
    private final AtomicBoolean suspect = new AtomicBoolean();

    /**
     * Prepares the producer; it connects with the first send.
     *
     * @param connection the application's producer settings, of which those that reach the broker are kept
     */
    public KafkaTriggerSender(Map<String, Object> connection, Destinations destinations) {
        this(new DefaultKafkaProducerFactory<>(TriggerProducerConfig.over(connection)), destinations);
    }

    KafkaTriggerSender(DefaultKafkaProducerFactory<String, String> producers, Destinations destinations) {
        this.destinations = destinations;
        this.producers = producers;
        this.producers.setPhysicalCloseTimeout((int) CLOSE_TIMEOUT.toSeconds());
        this.template = new KafkaTemplate<>(producers);
        // the default listener logs an error for every record of an outage
        this.template.setProducerListener(new ProducerListener<>() {});
    }

    @Override
    public CompletableFuture<SendOutcome> send(Trigger trigger) {
        return destinations
                .topic(trigger.destination())
                .map(topic -> send(record(topic, trigger)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new SendOutcome.Blocked("no topic: set " + Destinations.property(trigger.destination()))));
    }

    private static ProducerRecord<String, String> record(String topic, Trigger trigger) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, trigger.id(), trigger.id());
        if (trigger.version() != null) {
            record.headers().add(VERSION_HEADER, trigger.version().toString().getBytes(StandardCharsets.US_ASCII));
        }
        return record;
    }

    private CompletableFuture<SendOutcome> send(ProducerRecord<String, String> record) {
        if (suspect.compareAndSet(true, false)) {
            producers.reset();
        }
        try {
            return template.send(record).handle((result, thrown) -> {
                return thrown == null ? new SendOutcome.Acknowledged() : failed(thrown);
            });
        } catch (RuntimeException thrown) {
            // what fails before the record is handed over is thrown, the rest comes in the future
            return CompletableFuture.completedFuture(failed(thrown));
        }
    }

    private SendOutcome failed(Throwable thrown) {
        // replaced later, on the sending thread: this may be the producer's own
        if (SendFailure.mayBreakProducer(thrown)) {
            suspect.set(true);
        }
        return SendFailure.outcome(thrown);
    }

    /** Closes the producer; what is in flight gets two seconds. */
    @Override
    public void close() {
        producers.destroy();
    }
}
