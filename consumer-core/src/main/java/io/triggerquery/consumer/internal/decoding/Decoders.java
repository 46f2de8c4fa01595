package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Creates the ready-made decoders from the expressions in {@code idFrom} and {@code versionFrom}.
 *
 * <table>
 *   <caption>Expressions</caption>
 *   <tr><th>expression</th><th>id</th><th>version</th></tr>
 *   <tr><td>{@code value}</td><td>the value</td><td></td></tr>
 *   <tr><td>{@code key}</td><td>the key</td><td></td></tr>
 *   <tr><td>{@code header:NAME}</td><td>a header</td><td>a header</td></tr>
 *   <tr><td>{@code json:/pointer}</td><td>a JSON pointer into the value</td><td>the same</td></tr>
 *   <tr><td>{@code cloudevent}</td><td>the {@code subject}</td><td></td></tr>
 *   <tr><td>{@code cloudevent:NAME}</td><td>another attribute</td><td>an attribute</td></tr>
 *   <tr><td>{@code cloudevent:/pointer}</td><td>a JSON pointer into the data</td><td>the same</td></tr>
 *   <tr><td>{@code debezium}</td><td>the only field of the key</td><td></td></tr>
 *   <tr><td>{@code debezium:FIELD}</td><td>a field of the key</td><td>a field of the state after or before</td></tr>
 * </table>
 */
public final class Decoders {

    private static final String IDS =
            "value, key, header:NAME, json:/pointer, cloudevent, cloudevent:NAME, cloudevent:/pointer into the"
                    + " data, debezium, debezium:FIELD";
    private static final String VERSIONS =
            "header:NAME, json:/pointer, cloudevent:NAME, cloudevent:/pointer into the data, debezium:FIELD";

    private static final String JSON = "json:";

    private Decoders() {}

    /** Returns the decoder of the records that trigger-query writes itself: the value is the id. */
    static Ready own() {
        var versions = new Versions(new Expression("", "versionFrom"), Versions.Place.ofHeader(Versions.HEADER));
        return new Ready(inTwoSteps(Decoders::value, versions), false);
    }

    /**
     * Creates a decoder.
     *
     * @param idFrom the place of the ids; blank for {@code value}
     * @param versionFrom the place of the version; blank for the header {@code triggerquery-version}
     * @throws FailureAnalyzedException if an expression is not valid
     */
    public static TriggerDecoder of(Expression idFrom, Expression versionFrom) {
        IdReader ids = parsed(idFrom, IDS, Decoders::ids);
        var versions = new Versions(versionFrom, parsed(versionFrom, VERSIONS, Decoders::version));
        boolean mayReturnSeveral =
                idFrom.text().startsWith(JSON) || idFrom.text().startsWith("cloudevent:/");
        JsonPair pair = idFrom.text().startsWith(JSON) && versionFrom.text().startsWith(JSON)
                ? JsonPair.of(place(idFrom), place(versionFrom))
                : null;
        return new Ready(pair == null ? inTwoSteps(ids, versions) : pair.reader(versions), mayReturnSeveral);
    }

    private static JsonPlace place(Expression json) {
        return JsonPlace.of(json.text().substring(JSON.length()));
    }

    private static IdReader inTwoSteps(IdReader ids, Versions versions) {
        return message -> versions.addTo(ids.read(message), message);
    }

    /** Reads ids with their version. */
    record Ready(IdReader reader, boolean mayReturnSeveral) implements TriggerDecoder {

        @Override
        public Decoded decode(ConsumerRecord<byte[], byte[]> message) {
            try {
                return reader.read(message);
            } catch (UndecodableException undecodable) {
                return Decoded.invalid(undecodable.reason());
            }
        }
    }

    /** Parses one expression. */
    @FunctionalInterface
    private interface Parser<T> {

        /** Returns null for an unknown kind, and throws an exception with the reason for an invalid argument. */
        @Nullable
        T parse(String kind, String argument);
    }

    private static <T> T parsed(Expression named, String known, Parser<T> parser) {
        String expression = named.text();
        String reason = "";
        try {
            int colon = expression.indexOf(':');
            T parsed = colon < 0
                    ? parser.parse(expression, "")
                    : parser.parse(expression.substring(0, colon + 1), expression.substring(colon + 1));
            if (parsed != null) {
                return parsed;
            }
        } catch (IllegalArgumentException invalid) {
            reason = " (" + invalid.getMessage() + ")";
        }
        throw new FailureAnalyzedException(
                named.name() + " is '" + expression + "', which is not a valid place in a record" + reason + ".",
                "Set it to one of: " + known + ".");
    }

    private static @Nullable IdReader ids(String kind, String argument) {
        return switch (kind) {
            case "", "value" -> Decoders::value;
            case "key" -> message -> Decoded.id(Texts.id(message.key(), "the key"));
            case "header:" -> header(name(argument));
            case JSON -> json(JsonPlace.of(argument));
            case "cloudevent" -> CloudEvents.attributeIds("subject");
            case "cloudevent:" ->
                argument.startsWith("/")
                        ? CloudEvents.dataIds(JsonPlace.of(argument))
                        : CloudEvents.attributeIds(name(argument));
            case "debezium" -> Debezium.ids(null);
            case "debezium:" -> Debezium.ids(name(argument));
            default -> null;
        };
    }

    private static Versions.@Nullable Place version(String kind, String argument) {
        return switch (kind) {
            case "" -> Versions.Place.ofHeader(Versions.HEADER);
            case "header:" -> Versions.Place.ofHeader(name(argument));
            case JSON -> {
                JsonPlace place = JsonPlace.of(argument);
                yield message -> JsonDocument.read(
                        message.value(), "the value", json -> JsonIds.version(json, place.find(json)));
            }
            case "cloudevent:" ->
                argument.startsWith("/")
                        ? CloudEvents.dataVersion(JsonPlace.of(argument))
                        : CloudEvents.attributeVersion(name(argument));
            case "debezium:" -> Debezium.version(name(argument));
            default -> null;
        };
    }

    private static Decoded value(ConsumerRecord<byte[], byte[]> message) {
        return Decoded.id(Texts.id(message.value(), "the value"));
    }

    private static IdReader header(String name) {
        return message -> {
            String id = Texts.header(message, name);
            if (id == null) {
                throw new UndecodableException("there is no header " + name);
            }
            return Decoded.id(id);
        };
    }

    private static IdReader json(JsonPlace place) {
        String description = place.description();
        return message -> JsonDocument.read(
                message.value(), "the value", json -> JsonIds.read(json, place.find(json), description));
    }

    private static String name(String argument) {
        if (argument.isBlank()) {
            throw new IllegalArgumentException("a name is missing after ':'");
        }
        return argument;
    }
}
