package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads CloudEvents in both content modes of the Kafka protocol binding: binary, whose attributes are headers with the
 * prefix {@code ce_}, and structured, which is one JSON document.
 *
 * <p>A content type of {@code application/cloudevents} means structured mode, a header {@code ce_specversion} binary
 * mode. Without both, which the binding leaves open, an event is a JSON document with a {@code specversion}.
 */
final class CloudEvents {

    private static final String VALUE = "the value";
    private static final String PREFIX = "ce_";

    /** The prefix of the HTTP binding, which some libraries write to Kafka too. */
    private static final String HTTP_PREFIX = "ce-";

    private static final String STRUCTURED = "application/cloudevents";
    private static final JsonPlace SPECVERSION = JsonPlace.of("/specversion");
    private static final JsonPlace DATA_BASE64 = JsonPlace.of("/data_base64");

    private CloudEvents() {}

    /** Reads an attribute as an id. */
    static IdReader attributeIds(String name) {
        JsonPlace place = attribute(name);
        return message -> attribute(message, name, place)
                .map(Decoded::id)
                .orElseThrow(() -> new UndecodableException("the CloudEvent has no " + name));
    }

    /** Reads the ids at a place in the event's data. */
    static IdReader dataIds(JsonPlace place) {
        JsonPlace inEvent = place.below("data");
        String description = place.pointer() + " of the CloudEvent's data";
        return message -> data(message, place, inEvent, (json, token) -> JsonIds.read(json, token, description))
                .orElseThrow(() -> new UndecodableException("there is nothing at " + description));
    }

    static Versions.Place attributeVersion(String name) {
        JsonPlace place = attribute(name);
        return message -> attribute(message, name, place).map(Decimal::of).orElse(Versions.Place.MISSING);
    }

    static Versions.Place dataVersion(JsonPlace place) {
        JsonPlace inEvent = place.below("data");
        return message -> data(message, place, inEvent, JsonIds::version).orElse(Versions.Place.MISSING);
    }

    private static JsonPlace attribute(String name) {
        if (!name.matches("[A-Za-z0-9_]+")) {
            throw new IllegalArgumentException("an attribute's name has only letters, digits and underscores");
        }
        return JsonPlace.of("/" + name);
    }

    private static Optional<String> attribute(ConsumerRecord<byte[], byte[]> message, String name, JsonPlace place) {
        if (!isStructured(message)) {
            String value = Texts.header(message, PREFIX + name);
            return Optional.ofNullable(value == null ? Texts.header(message, HTTP_PREFIX + name) : value);
        }
        return JsonDocument.read(message.value(), VALUE, json -> {
            JsonToken token = place.find(json);
            if (JsonIds.isText(token)) {
                return Optional.of(json.getString());
            }
            if (token == null || token == JsonToken.VALUE_NULL) {
                return Optional.empty();
            }
            throw new UndecodableException("the " + name + " of the CloudEvent is " + JsonIds.described(token));
        });
    }

    private static <T> Optional<T> data(
            ConsumerRecord<byte[], byte[]> message,
            JsonPlace inData,
            JsonPlace inEvent,
            BiFunction<JsonParser, JsonToken, T> reading) {
        if (!isStructured(message)) {
            return read(message.value(), inData, reading);
        }
        Optional<T> found = read(message.value(), inEvent, reading);
        return found.isPresent() ? found : encodedData(message.value()).flatMap(data -> read(data, inData, reading));
    }

    private static <T> Optional<T> read(
            byte @Nullable [] bytes, JsonPlace place, BiFunction<JsonParser, JsonToken, T> reading) {
        return JsonDocument.read(
                bytes, VALUE, json -> Optional.ofNullable(place.find(json)).map(token -> reading.apply(json, token)));
    }

    private record Text(@Nullable String value) {}

    /** Returns the data that a structured event holds as Base64, which may be JSON too. */
    private static Optional<byte[]> encodedData(byte[] event) {
        Optional<String> encoded = read(
                        event,
                        DATA_BASE64,
                        (json, token) -> new Text(token == JsonToken.VALUE_STRING ? json.getString() : null))
                .map(Text::value);
        try {
            return encoded.map(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException invalid) {
            throw new UndecodableException("the data_base64 of the CloudEvent is not Base64");
        }
    }

    private static boolean isStructured(ConsumerRecord<byte[], byte[]> message) {
        String contentType = contentType(message);
        if (contentType.startsWith(STRUCTURED)) {
            String format = contentType.substring(STRUCTURED.length()).split("[; ]", 2)[0];
            if (!format.isEmpty() && !format.equals("+json")) {
                throw new UndecodableException("the content type is " + STRUCTURED + format
                        + ", but only CloudEvents in JSON, one in a record, can be read");
            }
            return true;
        }
        if (message.headers().lastHeader(PREFIX + "specversion") != null
                || message.headers().lastHeader(HTTP_PREFIX + "specversion") != null) {
            return false;
        }
        if (message.value() == null
                || read(message.value(), SPECVERSION, (json, token) -> token).isEmpty()) {
            throw new UndecodableException("the record is not a CloudEvent: it has neither a header"
                    + " ce_specversion nor a"
                    + " content-type of application/cloudevents+json");
        }
        return true;
    }

    /** Returns the content type in lower case, without the quotes that a JSON header mapper adds; empty if unknown. */
    private static String contentType(ConsumerRecord<?, ?> message) {
        for (Header header : message.headers()) {
            if (header.key().equalsIgnoreCase("content-type") && header.value() != null) {
                return new String(header.value(), StandardCharsets.UTF_8)
                        .replace("\"", "")
                        .strip()
                        .toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }
}
