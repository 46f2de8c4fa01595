package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.Decimal;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers of a trigger: non-negative numbers in decimal ASCII, and texts in UTF-8. */
final class TriggerHeaders {

    /** The version that the state had reached; optional. */
    static final String VERSION = "triggerquery-version";

    /** The time at which the trigger was first sent, in milliseconds since 1970. */
    static final String PRODUCED_AT = "triggerquery-produced-at";

    /** On the retry topic of a listener with several topics: the topic of the trigger. */
    static final String TOPIC = "triggerquery-topic";

    /** On the retry topic: the number of consecutive failed rounds. */
    static final String FAILURES = "triggerquery-failures";

    /** On the retry topic: the time of the first of these failures, in milliseconds since 1970. */
    static final String FAILING_SINCE = "triggerquery-failing-since";

    /** On the retry topic: the last of these failures, as one line in UTF-8; missing in records of older versions. */
    static final String CAUSE = "triggerquery-cause";

    /**
     * The maximum length of that line. With it and an id of usual length, a deferred trigger and its predecessor remain
     * below a kilobyte, and so still count as one delivery against max-pending.
     */
    private static final int MAX_CAUSE_BYTES = 200;

    private TriggerHeaders() {}

    static Headers of(Trigger trigger) {
        Headers headers = new RecordHeaders();
        trigger.version().ifPresent(version -> put(headers, VERSION, version));
        put(headers, PRODUCED_AT, Math.max(0, trigger.producedAt().toEpochMilli()));
        return headers;
    }

    static Headers of(Trigger trigger, RetryHistory history, Instant now) {
        Headers headers = of(trigger);
        put(headers, FAILURES, history.failures());
        put(headers, FAILING_SINCE, Math.max(0, now.minus(history.failingFor()).toEpochMilli()));
        if (history.cause() != null) {
            headers.add(CAUSE, shortened(history.cause()));
        }
        return headers;
    }

    /** Returns as many whole characters as fit. */
    private static byte[] shortened(String line) {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_CAUSE_BYTES);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(line), bytes, true);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Returns the last failure of a deferred trigger as one line, or null if the record does not state it. */
    static @Nullable String cause(Headers headers) {
        Header header = headers.lastHeader(CAUSE);
        return header == null || header.value() == null
                ? null
                : OneLine.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Returns the topic that a deferred trigger was first sent to, or null if the record does not state it. */
    static @Nullable String topic(Headers headers) {
        Header header = headers.lastHeader(TOPIC);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, long value) {
        headers.add(name, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the header's number, or empty if the header is missing or invalid. */
    static OptionalLong read(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        long number = header == null ? -1 : Decimal.of(header.value());
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
