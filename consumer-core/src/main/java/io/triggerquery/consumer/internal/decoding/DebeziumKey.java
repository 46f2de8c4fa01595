package io.triggerquery.consumer.internal.decoding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The columns in a change event's key. The JSON converter's envelope has the properties {@code schema} and {@code
 * payload} in either order; a transformation may have replaced the object of columns by a single value.
 */
final class DebeziumKey {

    /** Marks fields that Debezium adds to keys, for example if several tables are sent to one topic. */
    private static final String OWN = "__dbz__";

    private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
    private static final int MAX_NAMES = 10;

    private final List<Column> columns = new ArrayList<>();
    private final Set<String> decimals = new HashSet<>();

    /**
     * A column.
     *
     * @param value its value, or null if it is neither a string nor an integer
     * @param type its type in messages
     */
    private record Column(String name, @Nullable String value, String type) {

        private static Column of(String name, JsonParser json, @Nullable JsonToken token) {
            return new Column(name, JsonIds.isText(token) ? json.getString() : null, JsonIds.described(token));
        }
    }

    private DebeziumKey() {}

    /** Reads a key. */
    static DebeziumKey read(JsonParser json) {
        var key = new DebeziumKey();
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_OBJECT) {
            key.readObject(json);
        } else {
            key.columns.add(Column.of("value", json, token));
        }
        return key;
    }

    private void readObject(JsonParser json) {
        List<Column> payload = List.of();
        boolean hasSchema = false;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            if (name.equals("payload") && token == JsonToken.START_OBJECT) {
                payload = readColumns(json);
            } else if (name.equals("schema") && !JsonIds.isText(token)) {
                hasSchema = true;
                readSchema(json);
            } else {
                columns.add(Column.of(name, json, token));
                json.skipChildren();
            }
        }
        columns.addAll(payload);
        if (hasSchema && columns.isEmpty()) {
            throw new UndecodableException("the payload of the change event's key is empty");
        }
    }

    private static List<Column> readColumns(JsonParser json) {
        List<Column> read = new ArrayList<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            read.add(Column.of(name, json, token));
            json.skipChildren();
        }
        return read;
    }

    /** Collects the fields that are decimal numbers, whose JSON is Base64. */
    private void readSchema(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (json.nextToken() == JsonToken.START_ARRAY && name.equals("fields")) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    readField(json);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void readField(JsonParser json) {
        String field = "";
        boolean isDecimal = false;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            if (name.equals("field") && JsonIds.isText(token)) {
                field = json.getString();
            } else if (name.equals("name") && JsonIds.isText(token)) {
                isDecimal = json.getString().equals(DECIMAL);
            } else {
                json.skipChildren();
            }
        }
        if (isDecimal) {
            decimals.add(field);
        }
    }

    /**
     * Returns the id.
     *
     * @param field its field, or null for the only one
     */
    String id(@Nullable String field) {
        List<Column> wanted = columns.stream()
                .filter(column -> field == null
                        ? !column.name().startsWith(OWN)
                        : column.name().equals(field))
                .toList();
        if (wanted.size() != 1) {
            throw new UndecodableException("the key of the change event has the fields "
                    + columns.stream().map(Column::name).limit(MAX_NAMES).collect(Collectors.joining(", "))
                    + "; name one of them: debezium:FIELD");
        }
        Column column = wanted.get(0);
        if (decimals.contains(column.name())) {
            throw new UndecodableException("the field " + column.name() + " of the key is a decimal number in Base64;"
                    + " set decimal.handling.mode of the connector to string");
        }
        if (column.value() == null) {
            throw new UndecodableException("the field " + column.name() + " of the key is " + column.type()
                    + ", but an id is a string or an integer");
        }
        return column.value();
    }
}
