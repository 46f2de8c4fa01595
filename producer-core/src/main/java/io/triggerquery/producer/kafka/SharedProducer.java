package io.triggerquery.producer.kafka;

import io.triggerquery.producer.sending.SendOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * A producer that all threads share, made with the first send and replaced when it may be broken.
 *
 * <p>Threads: any. Failure: an outcome.
 */
final class SharedProducer implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final DefaultKafkaProducerFactory<String, String> producers;
    private final AtomicBoolean suspect = new AtomicBoolean();

    SharedProducer(DefaultKafkaProducerFactory<String, String> producers) {
        this.producers = producers;
        this.producers.setPhysicalCloseTimeout((int) CLOSE_TIMEOUT.toSeconds());
    }

    CompletableFuture<SendOutcome> send(ProducerRecord<String, String> record) {
        if (suspect.compareAndSet(true, false)) {
            producers.reset();
        }
        CompletableFuture<SendOutcome> answer = new CompletableFuture<>();
        try (Producer<String, String> producer = producers.createProducer()) {
            producer.send(
                    record,
                    (metadata, thrown) -> answer.complete(
                            thrown == null
                                    ? new SendOutcome.Acknowledged(part(metadata))
                                    : failed(thrown, part(metadata))));
        } catch (RuntimeException thrown) {
            // what fails before the record is handed over is thrown, the rest comes to the callback
            answer.complete(failed(thrown, ""));
        }
        return answer;
    }

    private SendOutcome failed(Throwable thrown, String part) {
        // replaced later, on the sending thread: this may be the producer's own
        if (SendFailure.mayBreakProducer(thrown)) {
            suspect.set(true);
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
