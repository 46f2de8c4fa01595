package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.TriggerIdRule;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes the id from a record's value. */
final class IdDecoder {

    private static final String ADVICE = "; send only the id, as UTF-8 text";

    private IdDecoder() {}

    static Decoded decode(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Decoded.NotAnId("the value is empty" + ADVICE);
        }
        int invalid = firstInvalid(value);
        if (invalid >= 0) {
            return new Decoded.NotAnId(describe(value, invalid) + ADVICE);
        }
        if (value.length > TriggerIdRule.MAX_LENGTH) {
            return new Decoded.NotAnId("the value has " + value.length + " bytes, but an id has at most "
                    + TriggerIdRule.MAX_LENGTH + ADVICE);
        }
        String id = new String(value, StandardCharsets.US_ASCII);
        if (TriggerIdRule.isPath(id)) {
            return new Decoded.NotAnId("'" + id + "' is a path, not an id" + ADVICE);
        }
        return new Decoded.Id(id);
    }

    private static int firstInvalid(byte[] value) {
        for (int i = 0; i < Math.min(value.length, TriggerIdRule.MAX_LENGTH); i++) {
            if (!TriggerIdRule.permits((char) (value[i] & 0xFF))) {
                return i;
            }
        }
        return -1;
    }

    private static String describe(byte[] value, int invalid) {
        int b = value[invalid] & 0xFF;
        if (invalid == 0 && (b == '{' || b == '[' || b == '"')) {
            return "the value is JSON, not an id";
        }
        String what = b > ' ' && b < 0x7F ? "'" + (char) b + "'" : String.format("0x%02X", b);
        return "byte " + invalid + " of the value is " + what + ", which an id may not contain";
    }
}
