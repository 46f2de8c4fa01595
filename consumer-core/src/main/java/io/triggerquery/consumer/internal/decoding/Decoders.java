package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.util.OptionalLong;
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

    private Decoders() {}

    /** Returns the decoder of the records that trigger-query writes itself: the value is the id. */
    static Ready own() {
        return new Ready(Decoders::value, Versions.ofHeader(Versions.HEADER));
    }

    /**
     * Creates a decoder.
     *
     * @param owner names the listener in messages, for example "the trigger listener 'bills'"
     * @param idFrom the place of the ids; blank for {@code value}
     * @param versionFrom the place of the version; blank for the header {@code triggerquery-version}
     * @throws FailureAnalyzedException if an expression is not valid
     */
    public static TriggerDecoder of(String owner, String idFrom, String versionFrom) {
        return new Ready(
                parsed(owner, "idFrom", idFrom.strip(), IDS, Decoders::ids),
                parsed(owner, "versionFrom", versionFrom.strip(), VERSIONS, Decoders::versions));
    }

    /** Reads a version and ids. */
    record Ready(IdReader ids, Versions versions) implements TriggerDecoder {

        @Override
        public Decoded decode(ConsumerRecord<byte[], byte[]> message) {
            try {
                return ids.read(message, versions.read(message));
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

    private static <T> T parsed(String owner, String attribute, String expression, String known, Parser<T> parser) {
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
                attribute + " of " + owner + " is '" + expression + "', which is no valid place in a record" + reason
                        + ".",
                "Set it to one of: " + known + ".");
    }

    private static @Nullable IdReader ids(String kind, String argument) {
        return switch (kind) {
            case "", "value" -> Decoders::value;
            case "key" -> (message, version) -> new Decoded.Id(Texts.id(message.key(), "the key"), version);
            case "header:" -> header(name(argument));
            case "json:" -> json(JsonPlace.of(argument));
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

    private static @Nullable Versions versions(String kind, String argument) {
        String expression = kind + argument;
        return switch (kind) {
            case "" -> Versions.ofHeader(Versions.HEADER);
            case "header:" -> Versions.ofHeader(name(argument));
            case "json:" -> {
                JsonPlace place = JsonPlace.of(argument);
                yield version(
                        expression,
                        message -> JsonDocument.read(
                                message.value(), "the value", json -> JsonIds.version(json, place.find(json))));
            }
            case "cloudevent:" ->
                version(
                        expression,
                        argument.startsWith("/")
                                ? CloudEvents.dataVersion(JsonPlace.of(argument))
                                : CloudEvents.attributeVersion(name(argument)));
            case "debezium:" -> version(expression, Debezium.version(name(argument)));
            default -> null;
        };
    }

    private static Versions version(String expression, Versions.Place place) {
        return new Versions("version " + expression, place);
    }

    private static Decoded value(ConsumerRecord<byte[], byte[]> message, OptionalLong version) {
        return new Decoded.Id(Texts.id(message.value(), "the value"), version);
    }

    private static IdReader header(String name) {
        return (message, version) -> {
            String id = Texts.header(message, name);
            if (id == null) {
                throw new UndecodableException("there is no header " + name);
            }
            return new Decoded.Id(id, version);
        };
    }

    private static IdReader json(JsonPlace place) {
        String description = place.pointer().isEmpty() ? "the value" : place.pointer() + " of the value";
        return (message, version) -> JsonDocument.read(
                message.value(), "the value", json -> JsonIds.read(json, place.find(json), description, version));
    }

    private static String name(String argument) {
        if (argument.isBlank()) {
            throw new IllegalArgumentException("a name is missing after ':'");
        }
        return argument;
    }
}
