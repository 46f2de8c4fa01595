package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Builds records and decodes them as a listener with the given expressions does. */
final class Messages {

    private final RecordHeaders headers = new RecordHeaders();
    private byte @Nullable [] key;
    private byte @Nullable [] value;

    private Messages() {}

    static Messages message() {
        return new Messages();
    }

    static Messages value(String value) {
        return message().withValue(value.getBytes(StandardCharsets.UTF_8));
    }

    Messages withValue(byte @Nullable [] bytes) {
        value = bytes;
        return this;
    }

    Messages key(String text) {
        key = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Messages header(String name, String text) {
        return header(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Messages header(String name, byte[] bytes) {
        headers.add(name, bytes);
        return this;
    }

    ConsumerRecord<byte[], byte[]> build() {
        return new ConsumerRecord<>(
                "things", 0, 7, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    static TriggerDecoder decoder(String owner, String idFrom, String versionFrom) {
        return Decoders.of(
                new Expression(idFrom, "idFrom of " + owner), new Expression(versionFrom, "versionFrom of " + owner));
    }

    Decoded decoded(String idFrom) {
        return decoded(idFrom, "");
    }

    Decoded decoded(String idFrom, String versionFrom) {
        return decoded(idFrom, versionFrom, IdRule.DEFAULT);
    }

    Decoded decoded(String idFrom, String versionFrom, IdRule rule) {
        try {
            return new RecordDecoder(decoder("things", idFrom, versionFrom), rule).decode(build());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Returns the reason why the record is invalid. */
    String reason(String idFrom) {
        return decoded(idFrom) instanceof Decoded.Invalid invalid ? invalid.reason() : "decoded";
    }
}
