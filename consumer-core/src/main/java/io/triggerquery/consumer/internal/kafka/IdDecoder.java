package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.TriggerIdRule;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes the id from a record's value. */
final class IdDecoder {

    private static final String ADVICE = "; send the id alone, as UTF-8 text, with nothing around it";

    private IdDecoder() {}

    static Decoded decode(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Decoded.NotAnId("the value is empty" + ADVICE);
        }
        int bad = firstBad(value);
        if (bad >= 0) {
            return new Decoded.NotAnId(describe(value, bad) + ADVICE);
        }
        if (value.length > TriggerIdRule.MAX_LENGTH) {
            return new Decoded.NotAnId(
                    "the value has " + value.length + " bytes, an id at most " + TriggerIdRule.MAX_LENGTH + ADVICE);
        }
        String id = new String(value, StandardCharsets.US_ASCII);
        if (TriggerIdRule.isPath(id)) {
            return new Decoded.NotAnId("'" + id + "' is a path, not an id" + ADVICE);
        }
        return new Decoded.Id(id);
    }

    private static int firstBad(byte[] value) {
        for (int i = 0; i < Math.min(value.length, TriggerIdRule.MAX_LENGTH); i++) {
            if (!TriggerIdRule.permits((char) (value[i] & 0xFF))) {
                return i;
            }
        }
        return -1;
    }

    private static String describe(byte[] value, int bad) {
        int b = value[bad] & 0xFF;
        if (bad == 0 && (b == '{' || b == '[' || b == '"')) {
            return "the value is JSON, not an id";
        }
        String what = b > ' ' && b < 0x7F ? "'" + (char) b + "'" : String.format("0x%02X", b);
        return "byte " + bad + " of the value is " + what + ", which an id may not contain";
    }
}
