package io.triggerquery.consumer.internal.control;

import io.triggerquery.consumer.internal.failure.OneLine;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format of the records: the key as text, the value as JSON with the version of the format. A newer version is not
 * read; unknown properties are ignored.
 */
final class ControlFormat {

    private static final String VERSION_PROPERTY = "format";
    private static final int VERSION = 1;
    static final int MAX_BYTES = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ControlFormat() {}

    /**
     * A decoded record.
     *
     * @param value the value, or null if the record deletes the key
     */
    record Entry(ControlKey key, @Nullable ControlValue value) {}

    /** Thrown if a record cannot be read; the message says why. */
    static final class UnreadableRecordException extends Exception {

        UnreadableRecordException(String message) {
            super(message, null, false, false);
        }
    }

    static byte[] key(ControlKey key) {
        return key.text().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] value(ControlValue value) {
        ObjectNode json = JSON.valueToTree(value);
        return JSON.writeValueAsBytes(json.put(VERSION_PROPERTY, VERSION));
    }

    static Entry decode(ControlLog.Record message) throws UnreadableRecordException {
        byte[] key = message.key();
        ControlKey known = key == null ? null : ControlKey.of(new String(key, StandardCharsets.UTF_8));
        if (known == null) {
            throw new UnreadableRecordException("this version does not know its key");
        }
        byte[] value = message.value();
        return new Entry(known, value == null ? null : value(known, value));
    }

    private static ControlValue value(ControlKey key, byte[] value) throws UnreadableRecordException {
        if (value.length > MAX_BYTES) {
            throw new UnreadableRecordException("its value has more than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode json = JSON.readTree(value);
            int version = json.path(VERSION_PROPERTY).asInt(0);
            if (version != VERSION) {
                throw new UnreadableRecordException(
                        version > VERSION
                                ? "it has the format " + version + ", and this version reads " + VERSION
                                : "this version does not know its format");
            }
            return JSON.treeToValue(json, type(key));
        } catch (JacksonException invalid) {
            throw new UnreadableRecordException(
                    "its value is not valid: " + OneLine.of(String.valueOf(invalid.getMessage())));
        }
    }

    private static Class<? extends ControlValue> type(ControlKey key) {
        if (key instanceof ControlKey.Status) {
            return ControlValue.Status.class;
        }
        if (key instanceof ControlKey.Command) {
            return ControlValue.Command.class;
        }
        return key instanceof ControlKey.Answer ? ControlValue.Answer.class : ControlValue.Pause.class;
    }
}
