package io.triggerquery.console.internal.web;

import io.triggerquery.console.internal.part.Parameters;
import io.triggerquery.console.internal.part.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of an operation: a JSON object whose values are texts.
 *
 * <p>Bounds: {@value #MAX_BYTES} bytes, which is more than the positions of 10,000 dead letters.
 */
record OperationBody(JsonMapper json) {

    private static final int MAX_BYTES = 500_000;
    private static final int TOO_LARGE = 413;

    Parameters read(HttpServletRequest request) {
        JsonNode body = parsed(bytes(request));
        if (!body.isObject()) {
            throw noObject();
        }
        Map<String, String> texts = new HashMap<>();
        body.properties().forEach(property -> {
            if (!property.getValue().isString()) {
                throw new RefusedException(RefusedException.INVALID, property.getKey() + " is not a string.");
            }
            texts.put(property.getKey(), property.getValue().stringValue());
        });
        return new Parameters(texts);
    }

    private static byte[] bytes(HttpServletRequest request) {
        try {
            byte[] bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RefusedException(TOO_LARGE, "The request has more than " + MAX_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException gone) {
            throw new RefusedException(RefusedException.INVALID, "The request body is incomplete.");
        }
    }

    private JsonNode parsed(byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (JacksonException noJson) {
            throw noObject();
        }
    }

    private static RefusedException noObject() {
        return new RefusedException(RefusedException.INVALID, "The body of an operation must be a JSON object.");
    }
}
