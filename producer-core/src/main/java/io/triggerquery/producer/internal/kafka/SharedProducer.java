package io.triggerquery.producer.internal.kafka;

import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * A producer that all threads share, created with the first send and replaced when it may be broken.
 *
 * <p>Threads: any. Failure: every failure is an outcome.
 */
final class SharedProducer implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final DefaultKafkaProducerFactory<String, String> producers;
    /** The producer that may be broken; one that was created since is not replaced. */
    private final AtomicReference<@Nullable Producer<String, String>> suspect = new AtomicReference<>();

    private final AtomicReference<@Nullable Producer<String, String>> current = new AtomicReference<>();

    SharedProducer(DefaultKafkaProducerFactory<String, String> producers) {
        this.producers = producers;
        this.producers.setPhysicalCloseTimeout((int) CLOSE_TIMEOUT.toSeconds());
    }

    CompletableFuture<SendOutcome> send(ProducerRecord<String, String> record) {
        replaceIfSuspect();
        CompletableFuture<SendOutcome> answer = new CompletableFuture<>();
        Producer<String, String> producer = producers.createProducer();
        current.set(producer);
        try (producer) {
            producer.send(
                    record,
                    (metadata, thrown) -> answer.complete(
                            thrown == null
                                    ? new SendOutcome.Acknowledged(part(metadata))
                                    : failed(producer, thrown, part(metadata))));
        } catch (RuntimeException thrown) {
            // failures before the record is accepted are thrown, others go to the callback
            answer.complete(failed(producer, thrown, ""));
        }
        return answer;
    }

    private void replaceIfSuspect() {
        Producer<String, String> broken = suspect.getAndSet(null);
        if (broken != null && current.compareAndSet(broken, null)) {
            producers.reset();
        }
    }

    private SendOutcome failed(Producer<String, String> producer, Throwable thrown, String part) {
        // replaced by the next send: this may be the producer's own thread
        if (SendFailure.mayBreakProducer(thrown)) {
            suspect.set(producer);
        }
        return SendFailure.outcome(thrown, part);
    }

    private static String part(@Nullable RecordMetadata metadata) {
        return metadata == null || metadata.partition() < 0 ? "" : "partition " + metadata.partition();
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
