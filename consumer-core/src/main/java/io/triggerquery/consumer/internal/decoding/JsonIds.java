package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads ids and versions at the current token of a parser: strings and integer numbers, ids also in an array. */
final class JsonIds {

    private JsonIds() {}

    /**
     * Reads one id, or those of an array.
     *
     * @param token the current token, or null if there is no value
     * @param place names the place in messages, for example "/id of the value"
     */
    static Decoded read(JsonParser json, @Nullable JsonToken token, String place) {
        if (token == null) {
            throw new UndecodableException("there is nothing at " + place);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(json);
        }
        if (isText(token)) {
            return Decoded.id(json.getString());
        }
        throw new UndecodableException(place + " is " + described(token) + ", but an id is a string or an integer");
    }

    /** Reads one id more than are permitted at most, so that too many are noticed but not kept. */
    private static Decoded array(JsonParser json) {
        List<Decoded.Id> ids = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        int index = 0;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && index <= RecordDecoder.MAX_IDS;
                token = json.nextToken()) {
            if (isText(token)) {
                ids.add(new Decoded.Id(json.getString(), OptionalLong.empty()));
            } else {
                invalid.add("element " + index + " of the array is " + described(token));
                json.skipChildren();
            }
            index++;
        }
        return new Decoded.Ids(ids, invalid);
    }

    /** Reads a version; see {@link Versions.Place#read}. */
    static long version(JsonParser json, @Nullable JsonToken token) {
        if (token == null || token == JsonToken.VALUE_NULL) {
            return Versions.Place.MISSING;
        }
        return isText(token) ? Decimal.of(json.getString()) : Versions.Place.INVALID;
    }

    static boolean isText(@Nullable JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
    }

    static String described(@Nullable JsonToken token) {
        if (token == null) {
            return "missing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_NULL -> "null";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> token.name();
        };
    }
}
