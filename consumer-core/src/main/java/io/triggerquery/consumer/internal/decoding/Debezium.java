package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads change events of Debezium in JSON, with and without the schema that Kafka Connect's JSON converter adds. The id
 * is a field of the record's key, so that deletions and flattened events have it too. Tombstones are ignored, since
 * each follows the event of its deletion.
 */
final class Debezium {

    private static final String VALUE = "the change event";
    private static final String KEY = "the key of the change event";

    private Debezium() {}

    /**
     * Reads the id from the key.
     *
     * @param field the field, or null for the only one
     */
    static IdReader ids(@Nullable String field) {
        return message -> {
            if (message.value() == null) {
                return Decoded.ignored();
            }
            if (message.key() == null || message.key().length == 0) {
                throw new UndecodableException(KEY + " is empty: the table has no primary key, or this is no change of"
                        + " a row. Set message.key.columns of the connector");
            }
            DebeziumKey key = JsonDocument.read(message.key(), KEY, DebeziumKey::read);
            return Decoded.id(key.id(field));
        };
    }

    /** Reads a version from the state after the change, or before a deletion. */
    static Versions.Place version(String field) {
        return message -> message.value() == null
                ? Versions.Place.MISSING
                : JsonDocument.read(message.value(), VALUE, json -> {
                    json.nextToken();
                    return version(json, field);
                });
    }

    /** Reads the version at an object: the event, its envelope, or a flattened event. */
    private static long version(JsonParser json, String field) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Versions.Place.MISSING;
        }
        long before = Versions.Place.MISSING;
        long after = Versions.Place.MISSING;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            if (name.equals(field)) {
                after = JsonIds.version(json, token);
                json.skipChildren();
            } else if (name.equals("before")) {
                before = version(json, field);
            } else if (name.equals("after") || name.equals("payload")) {
                long found = version(json, field);
                after = found == Versions.Place.MISSING ? after : found;
            } else {
                json.skipChildren();
            }
        }
        return after == Versions.Place.MISSING ? before : after;
    }
}
