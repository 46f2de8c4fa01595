package io.triggerquery.consumer.internal.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Reads what {@link DeadLetters} has written about a dead letter. Any record can be in the topic, with any headers.
 *
 * @param message the record in the dead-letter topic
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> message) {

    /** The reason of records that are no triggers. */
    static final String NOT_A_TRIGGER = "not-a-trigger";

    /** The reason of records whose decoder failed. */
    static final String DECODER = "decoder";

    private static final String UNKNOWN = "unknown";

    TopicPartition partition() {
        return TopicScan.partition(message);
    }

    String position() {
        return partition() + "@" + message.offset();
    }

    /** Returns whether it was written by a listener of the group. */
    boolean isOf(String group) {
        return group.equals(text(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP));
    }

    String reason() {
        String type = text(KafkaHeaders.DLT_EXCEPTION_FQCN);
        if (type == null || !type.equals(NotATriggerException.class.getName())) {
            return type == null ? UNKNOWN : type;
        }
        return cause().startsWith(NotATriggerException.DECODER_FAILED) ? DECODER : NOT_A_TRIGGER;
    }

    String cause() {
        String cause = text(KafkaHeaders.DLT_EXCEPTION_MESSAGE);
        return cause == null ? UNKNOWN : cause;
    }

    /** Returns the place of the original record, or null if it holds a trigger, or does not state it. */
    @Nullable
    String origin() {
        String topic = text(KafkaHeaders.DLT_ORIGINAL_TOPIC);
        byte[] partition = value(KafkaHeaders.DLT_ORIGINAL_PARTITION);
        byte[] offset = value(KafkaHeaders.DLT_ORIGINAL_OFFSET);
        return topic == null
                        || partition == null
                        || partition.length != Integer.BYTES
                        || offset == null
                        || offset.length != Long.BYTES
                ? null
                : topic + "-" + ByteBuffer.wrap(partition).getInt() + "@"
                        + ByteBuffer.wrap(offset).getLong();
    }

    private @Nullable String text(String header) {
        byte[] value = value(header);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private byte @Nullable [] value(String header) {
        Header last = message.headers().lastHeader(header);
        return last == null ? null : last.value();
    }
}
