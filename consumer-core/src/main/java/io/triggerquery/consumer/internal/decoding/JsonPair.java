package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * The places of an id and of its version in one document, which are read in one pass. Neither is inside the other.
 *
 * <p>Reading stops when both are found. If the document is broken after the id, the version counts as invalid.
 *
 * @param common the names that both paths begin with, as a place
 * @param depth the number of these names
 * @param id the place of the id
 * @param version the place of the version
 */
record JsonPair(JsonPlace common, int depth, JsonPlace id, JsonPlace version) {

    private static final String VALUE = "the value";

    /** What was found. */
    private static final class Found {

        private @Nullable Decoded ids;
        private long version = Versions.Place.MISSING;
        private boolean passedId;
        private boolean passedVersion;

        private boolean isComplete() {
            return passedId && (passedVersion || ids == null);
        }
    }

    /** Returns the pair of two places, or null if one is inside the other. */
    static @Nullable JsonPair of(JsonPlace id, JsonPlace version) {
        int depth = 0;
        int most = Math.min(id.names().size(), version.names().size());
        while (depth < most && id.names().get(depth).equals(version.names().get(depth))) {
            depth++;
        }
        return depth == most ? null : new JsonPair(id.first(depth), depth, id, version);
    }

    /** Reads both from the value of a record. */
    IdReader reader(Versions versions) {
        String description = id.description();
        return message -> {
            var found = new Found();
            try {
                JsonDocument.read(message.value(), VALUE, json -> read(json, found, description));
            } catch (UndecodableException broken) {
                if (found.ids == null) {
                    throw broken;
                }
                found.version = Versions.Place.INVALID;
            }
            if (found.ids == null) {
                throw new UndecodableException("there is nothing at " + description);
            }
            return versions.addTo(found.ids, message, found.version);
        };
    }

    private Found read(JsonParser json, Found found, String description) {
        JsonToken token = common.find(json);
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
            return found;
        }
        TokenStreamContext container = json.streamReadContext();
        int index = 0;
        while (!found.isComplete()) {
            String name = token == JsonToken.START_OBJECT ? json.nextName() : null;
            if (name == null && token == JsonToken.START_OBJECT) {
                return found;
            }
            JsonToken value = json.nextToken();
            if (value == JsonToken.END_ARRAY) {
                return found;
            }
            if (!found.passedId && isOn(id, name, index)) {
                found.passedId = true;
                JsonToken at = id.find(json, value, depth + 1);
                found.ids = at == null ? null : JsonIds.read(json, at, description);
            } else if (!found.passedVersion && isOn(version, name, index)) {
                found.passedVersion = true;
                found.version = JsonIds.version(json, version.find(json, value, depth + 1));
            }
            if (!found.isComplete()) {
                leave(json, container);
            }
            index++;
        }
        return found;
    }

    private boolean isOn(JsonPlace place, @Nullable String name, int index) {
        return name == null
                ? place.indexes().get(depth) == index
                : place.names().get(depth).equals(name);
    }

    /** Moves to the end of the container's current value. */
    private static void leave(JsonParser json, TokenStreamContext container) {
        json.skipChildren();
        while (json.streamReadContext() != container) {
            json.nextToken();
        }
    }
}
