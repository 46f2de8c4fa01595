package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Sends records to the dead-letter topic of their trigger topic, with spring-kafka's headers.
 *
 * <p>A record that becomes too large by those headers is truncated; its full length is in the header
 * {@value #FULL_LENGTH}, and the complete record is still in its topic.
 *
 * <p>Threads: any. Failure: throws unless the broker acknowledges the record for all in-sync replicas.
 */
final class DeadLetters {

    /** The header with the original length in bytes of a truncated value. */
    static final String FULL_LENGTH = "triggerquery-full-length";

    /**
     * The header that says what a dead letter contains: {@value #TRIGGER}, whose value is the id, also one of the retry
     * topic that can no longer be processed, or {@value #RECORD}, the original record.
     */
    static final String CONTENT = "triggerquery-dead-letter";

    private static final String TRIGGER = "trigger";
    private static final String RECORD = "record";

    private static final int CUT_TO_BYTES = 64 * 1024;
    private static final byte[] EMPTY = {};
    private static final int UNKNOWN = -1;

    private final ManagedTopic.Retry topics;
    private final SynchronousProducer producer;
    private final DeadLetterPublishingRecoverer messagePublisher;
    private final DeadLetterPublishingRecoverer triggerPublisher;

    /**
     * Creates a sender to the dead-letter topic of each trigger topic.
     *
     * @param topics the listener's topics
     */
    DeadLetters(ManagedTopic.Retry topics, String group, SynchronousProducer producer) {
        this.topics = topics;
        this.producer = producer;
        // a record of the retry topic is no original one: it holds a trigger
        messagePublisher = publisher(group, message -> message.topic().equals(topics.name()) ? TRIGGER : RECORD);
        triggerPublisher = publisher(group, message -> TRIGGER);
        triggerPublisher.excludeHeader(HeadersToAdd.PARTITION, HeadersToAdd.OFFSET);
    }

    private DeadLetterPublishingRecoverer publisher(String group, Function<ConsumerRecord<?, ?>, String> content) {
        var publisher = new DeadLetterPublishingRecoverer(
                producer.template(),
                (message, cause) -> new TopicPartition(topicOf(message).name(), UNKNOWN));
        publisher.setFailIfSendResultIsError(true);
        publisher.setExceptionHeadersCreator((headers, cause, isKey, names) -> {
            headers.add(
                    names.getExceptionInfo().getExceptionFqcn(),
                    utf8(
                            cause instanceof FailureSummary kept
                                    ? kept.type()
                                    : cause.getClass().getName()));
            headers.add(
                    names.getExceptionInfo().getExceptionMessage(),
                    utf8(OneLine.of(cause.getMessage() == null ? cause : cause.getMessage())));
        });
        publisher.excludeHeader(HeadersToAdd.GROUP);
        publisher.addHeadersFunction((message, cause) -> new RecordHeaders()
                .add(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, utf8(group))
                .add(CONTENT, utf8(content.apply(message))));
        return publisher;
    }

    private ManagedTopic.DeadLetter topicOf(ConsumerRecord<?, ?> message) {
        return ManagedTopic.DeadLetter.of(topics.origin(message));
    }

    /** Sends a message that is no trigger. */
    void send(ConsumerRecord<byte[], byte[]> message, String reason) throws InterruptedException {
        var cause = new NotATriggerException(reason);
        producer.send(topicOf(message), () -> {
            try {
                messagePublisher.accept(message, null, cause);
            } catch (KafkaException failure) {
                if (!failure.contains(RecordTooLargeException.class)) {
                    throw failure;
                }
                messagePublisher.accept(cut(message), null, cause);
            }
        });
    }

    /** Sends a trigger. It may be merged from several, so the record has no original partition and offset. */
    void send(Trigger trigger, Throwable cause) throws InterruptedException {
        Exception exception = cause instanceof Exception itself ? itself : new ExecutionException(cause);
        byte[] id = utf8(trigger.id());
        var message = new ConsumerRecord<>(
                trigger.topic(),
                UNKNOWN,
                UNKNOWN,
                trigger.producedAt().toEpochMilli(),
                TimestampType.CREATE_TIME,
                id.length,
                id.length,
                id,
                id,
                TriggerHeaders.of(trigger),
                Optional.empty());
        producer.send(topicOf(message), () -> triggerPublisher.accept(message, null, exception));
    }

    /** Returns whether a dead letter contains a trigger. */
    static boolean isTrigger(ConsumerRecord<?, ?> letter) {
        Header content = letter.headers().lastHeader(CONTENT);
        return content != null && Arrays.equals(content.value(), utf8(TRIGGER));
    }

    /** Returns whether a dead letter contains only a part of its record. */
    static boolean isCut(ConsumerRecord<?, ?> letter) {
        return letter.headers().lastHeader(FULL_LENGTH) != null;
    }

    private static ConsumerRecord<byte[], byte[]> cut(ConsumerRecord<byte[], byte[]> message) {
        byte[] value = Objects.requireNonNullElse(message.value(), EMPTY);
        var headers = new RecordHeaders();
        headers.add(FULL_LENGTH, utf8(Integer.toString(value.length)));
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
