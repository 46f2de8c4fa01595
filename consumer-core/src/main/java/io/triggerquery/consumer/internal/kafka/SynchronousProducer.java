package io.triggerquery.consumer.internal.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

/**
 * Sends records and waits for their acknowledgment; creates a missing topic.
 *
 * <p>Threads: any. Bounds: a send takes about 20 s at most. Failure: throws a {@link KafkaException} with the topic and
 * the cause unless the broker acknowledges the records for all in-sync replicas.
 */
final class SynchronousProducer implements HandledLettersTopic.Writer, AutoCloseable {

    /**
     * The maximum size of a request, above the usual limits of brokers, so that the broker decides what is too large.
     */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final KafkaTemplate<byte[], byte[]> template;
    private final ManagedTopics topics;

    /** Sends by the template and returns once the broker has acknowledged. */
    interface Sending {
        void run() throws ExecutionException, InterruptedException;
    }

    SynchronousProducer(Cluster cluster, ManagedTopics topics) {
        this.topics = topics;
        producers = new DefaultKafkaProducerFactory<>(
                cluster.producerConfig(MAX_REQUEST_BYTES), new ByteArraySerializer(), new ByteArraySerializer());
        template = new KafkaTemplate<>(producers);
        template.setProducerListener(new ProducerListener<>() {}); // failures are thrown, not logged
    }

    @Override
    public boolean create(ManagedTopic topic) throws InterruptedException {
        return topics.ensure(topic);
    }

    @Override
    public void send(ManagedTopic topic, List<ProducerRecord<byte[], byte[]>> messages) throws InterruptedException {
        send(topic, () -> {
            List<CompletableFuture<?>> sent = new ArrayList<>(messages.size());
            messages.forEach(message -> sent.add(template.send(message)));
            CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).get(); // the producer limits the wait
        });
    }

    void send(ManagedTopic topic, Sending sending) throws InterruptedException {
        topics.ensure(topic);
        try {
            sending.run();
        } catch (ExecutionException | RuntimeException failure) {
            topics.forget(topic);
            throw new KafkaException(
                    "cannot send to " + topic.name() + ": " + NestedExceptionUtils.getMostSpecificCause(failure),
                    failure);
        }
    }

    /** Returns the template for use in {@link Sending}. */
    KafkaTemplate<byte[], byte[]> template() {
        return template;
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
