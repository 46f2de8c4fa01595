package io.triggerquery.bench.workload;

import io.triggerquery.bench.id.PaymentIds;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends triggers to one topic: key and value are the id. */
final class Sender implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final PaymentIds ids;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private Sender(Map<String, Object> settings, String topic, int largestId) {
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.ids = new PaymentIds(largestId);
    }

    /** Creates a sender with large batches, for throughput. */
    static Sender ofMany(String bootstrap, String topic, int largestId) {
        return new Sender(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.LINGER_MS_CONFIG,
                        50,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        512 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L * 1024 * 1024),
                topic,
                largestId);
    }

    /** Creates a sender that sends each trigger at once. */
    static Sender ofEach(String bootstrap, String topic, int largestId) {
        return new Sender(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.LINGER_MS_CONFIG, 0),
                topic,
                largestId);
    }

    void send(int number) {
        byte[] id = ids.bytes(number);
        producer.send(new ProducerRecord<>(topic, id, id), (sent, failed) -> {
            if (failed != null) {
                failure.set(failed);
            }
        });
    }

    /** Sends this number of triggers, and returns when the broker has acknowledged them. */
    void sendAll(IntSupplier numbers, int count) {
        for (int sent = 0; sent < count; sent++) {
            send(numbers.getAsInt());
        }
        flush();
    }

    /** Sends these ids, and returns when the broker has acknowledged them. */
    void sendAll(int first, int last) {
        int[] number = {first};
        sendAll(() -> number[0]++, last - first + 1);
    }

    /** Returns when the broker has acknowledged all triggers. */
    void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException("a trigger could not be sent", failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
