package io.triggerquery.consumer.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Sends records that can never be triggers to the dead-letter topic, with spring-kafka's own headers: the reason and
 * where the record stood.
 *
 * <p>A record that has become too large by those headers is cut; its full length is in the header {@value
 * #FULL_LENGTH}, the record itself still where it stood.
 *
 * <p>Threads: any. Failure: {@link #send} throws unless all in-sync replicas have the record.
 */
final class DeadLetters implements AutoCloseable {

    /** Appended to a topic's name, as spring-kafka does by default. */
    static final String SUFFIX = "-dlt";

    /** The header that says how many bytes the value of a cut record had. */
    static final String FULL_LENGTH = "triggerquery-full-length";

    private static final int CUT_TO_BYTES = 64 * 1024;
    private static final byte[] NOTHING = {};

    /** Above any sensible limit of a broker, so that the broker decides what is too large. */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final DeadLetterPublishingRecoverer publisher;
    private final DeadLetterTopics topics;

    DeadLetters(Cluster cluster, String group) {
        topics = new DeadLetterTopics(cluster);
        producers = new DefaultKafkaProducerFactory<>(
                cluster.producerConfig(MAX_REQUEST_BYTES), new ByteArraySerializer(), new ByteArraySerializer());
        publisher = new DeadLetterPublishingRecoverer(
                new KafkaTemplate<>(producers), (message, cause) -> new TopicPartition(topicFor(message.topic()), -1));
        publisher.setFailIfSendResultIsError(true);
        publisher.excludeHeader(HeadersToAdd.EX_STACKTRACE, HeadersToAdd.EX_CAUSE, HeadersToAdd.GROUP);
        publisher.addHeadersFunction((message, cause) -> new RecordHeaders()
                .add(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, group.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        producers.destroy();
    }

    static String topicFor(String topic) {
        return topic + SUFFIX;
    }

    void send(ConsumerRecord<byte[], byte[]> message, String reason) throws InterruptedException {
        topics.ensure(topicFor(message.topic()));
        var cause = new NotATriggerException(reason);
        try {
            publisher.accept(message, null, cause);
        } catch (KafkaException failure) {
            if (!failure.contains(RecordTooLargeException.class)) {
                topics.forget(topicFor(message.topic()));
                throw failure;
            }
            publisher.accept(cut(message), null, cause);
        }
    }

    private static ConsumerRecord<byte[], byte[]> cut(ConsumerRecord<byte[], byte[]> message) {
        byte[] value = Objects.requireNonNullElse(message.value(), NOTHING);
        var headers = new RecordHeaders();
        headers.add(FULL_LENGTH, Integer.toString(value.length).getBytes(StandardCharsets.US_ASCII));
        return new ConsumerRecord<>(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp(),
                message.timestampType(),
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                null,
                Arrays.copyOf(value, Math.min(value.length, CUT_TO_BYTES)),
                headers,
                Optional.empty());
    }
}
