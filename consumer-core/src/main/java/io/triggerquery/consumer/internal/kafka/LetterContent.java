package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.letter.Letter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/** Shows the headers and the value of a dead letter. */
final class LetterContent {

    private static final int MAX_CHARACTERS = 10_000;
    private static final String OWN = "triggerquery-";
    private static final String SPRING = "kafka_dlt-";

    /** Headers of spring-kafka whose value is a number of 4 or 8 bytes. */
    private static final Set<String> NUMBERS = Set.of(
            KafkaHeaders.DLT_ORIGINAL_PARTITION, KafkaHeaders.DLT_ORIGINAL_OFFSET, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP);

    private LetterContent() {}

    /**
     * Returns the content of a letter.
     *
     * @param showStates whether the value, and those of the application's headers, are shown
     */
    static Letter.Content of(DeadLetter letter, boolean showStates) {
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        for (Header header : letter.message().headers()) {
            boolean isOwn = header.key().startsWith(OWN) || header.key().startsWith(SPRING);
            headers.put(OneLine.of(header.key()), isOwn || showStates ? value(header) : null);
        }
        byte[] value = letter.message().value();
        return new Letter.Content(
                headers, value == null ? 0 : value.length, showStates && value != null ? shortened(value) : null);
    }

    private static @Nullable String value(Header header) {
        byte[] value = header.value();
        if (value == null) {
            return null;
        }
        if (NUMBERS.contains(header.key()) && value.length == Long.BYTES) {
            return Long.toString(ByteBuffer.wrap(value).getLong());
        }
        if (NUMBERS.contains(header.key()) && value.length == Integer.BYTES) {
            return Integer.toString(ByteBuffer.wrap(value).getInt());
        }
        return OneLine.of(new String(value, StandardCharsets.UTF_8));
    }

    private static String shortened(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }
}
