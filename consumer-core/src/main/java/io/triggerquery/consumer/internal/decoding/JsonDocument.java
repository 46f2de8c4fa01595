package io.triggerquery.consumer.internal.decoding;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON bytes as a stream. */
final class JsonDocument {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonDocument() {}

    /**
     * Reads a document.
     *
     * @param what names the bytes in messages, for example "the value"
     * @param reading reads from a parser before the document's first token
     * @throws UndecodableException if the bytes are no JSON, as far as they are read
     */
    static <T> T read(byte @Nullable [] bytes, String what, Function<JsonParser, T> reading) {
        if (bytes == null || bytes.length == 0) {
            throw new UndecodableException(what + " is empty, not JSON");
        }
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            return reading.apply(json);
        } catch (StreamConstraintsException beyond) {
            throw new UndecodableException(what + " is JSON beyond the limits: " + beyond.getOriginalMessage());
        } catch (JacksonException broken) {
            long at = broken.getLocation() == null
                    ? 0
                    : Math.max(0, broken.getLocation().getByteOffset());
            throw new UndecodableException(what + " is not valid JSON; see byte " + at);
        }
    }
}
