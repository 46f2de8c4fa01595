package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.Decimal;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers of a trigger: non-negative numbers in decimal ASCII. */
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
        return headers;
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
