package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.TriggerIdRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads a record's value, its key or a header as text. */
final class Texts {

    private Texts() {}

    /**
     * Returns the text of bytes that contain only an id. What is no UTF-8 becomes U+FFFD, which no id contains.
     *
     * @param what names the bytes in messages, for example "the value"
     */
    static String id(byte @Nullable [] bytes, String what) {
        if (bytes == null || bytes.length == 0) {
            throw new UndecodableException(what + " is empty");
        }
        if (bytes.length > TriggerIdRule.MAX_LENGTH) {
            throw new UndecodableException(
                    what + " has " + bytes.length + " bytes, but an id has at most " + TriggerIdRule.MAX_LENGTH);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the text of a header, or null if there is none. */
    static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        byte @Nullable [] value = null;
        boolean found = false;
        for (Header header : message.headers().headers(name)) {
            if (found && !Arrays.equals(value, header.value())) {
                throw new UndecodableException("the header " + name + " occurs several times with different values");
            }
            value = header.value();
            found = true;
        }
        return found ? id(value, "the header " + name) : null;
    }
}
