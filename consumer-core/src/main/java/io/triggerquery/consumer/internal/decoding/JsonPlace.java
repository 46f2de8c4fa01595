package io.triggerquery.consumer.internal.decoding;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A JSON pointer (RFC 6901) that is followed while the document is read. What is not on its path is skipped, and what
 * comes after its value is not read. Of several properties with one name the first counts.
 *
 * @param pointer the pointer as it is written in settings
 * @param names the names on its path, unescaped
 * @param indexes for each name, the array index that it may also be, or -1
 */
record JsonPlace(String pointer, List<String> names, List<Integer> indexes) {

    private static final int MAX_INDEX_DIGITS = 9;

    /**
     * Parses a pointer.
     *
     * @throws IllegalArgumentException if the text is not a JSON pointer; the message says why
     */
    static JsonPlace of(String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("a JSON pointer is empty or starts with '/'");
        }
        if (pointer.matches("(?s).*~(?![01]).*")) {
            throw new IllegalArgumentException("in a JSON pointer '~' is written '~0', and '/' in a name '~1'");
        }
        List<String> names = pointer.isEmpty()
                ? List.of()
                : Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(name -> name.replace("~1", "/").replace("~0", "~"))
                        .toList();
        return new JsonPlace(
                pointer, names, names.stream().map(JsonPlace::index).toList());
    }

    /** Returns the value that the first names of the path lead to. */
    JsonPlace first(int count) {
        return new JsonPlace("", names.subList(0, count), indexes.subList(0, count));
    }

    /** Returns the name of this place in messages. */
    String description() {
        return pointer.isEmpty() ? "the value" : pointer + " of the value";
    }

    /** Returns this place within the value of a property of the document. */
    JsonPlace below(String property) {
        return of("/" + property + pointer);
    }

    private static int index(String name) {
        boolean isIndex = name.matches("0|[1-9][0-9]*") && name.length() <= MAX_INDEX_DIGITS;
        return isIndex ? Integer.parseInt(name) : -1;
    }

    /**
     * Moves a parser from before a value to the value at this place.
     *
     * @return the first token of the value, or null if there is no value
     */
    @Nullable
    JsonToken find(JsonParser json) {
        return find(json, json.nextToken(), 0);
    }

    /**
     * Moves a parser from a value on the path to the value at this place.
     *
     * @param start the first token of the value on the path
     * @param depth the number of names on the path that lead to it
     * @return the first token of the value, or null if there is no value
     */
    @Nullable
    JsonToken find(JsonParser json, @Nullable JsonToken start, int depth) {
        JsonToken token = start;
        for (int i = depth; i < names.size() && token != null; i++) {
            token = switch (token) {
                case START_OBJECT -> property(json, names.get(i));
                case START_ARRAY -> element(json, indexes.get(i));
                default -> null;
            };
        }
        return token;
    }

    private static @Nullable JsonToken property(JsonParser json, String name) {
        for (String next = json.nextName(); next != null; next = json.nextName()) {
            JsonToken value = json.nextToken();
            if (next.equals(name)) {
                return value;
            }
            json.skipChildren();
        }
        return null;
    }

    private static @Nullable JsonToken element(JsonParser json, int index) {
        for (int i = 0; i <= index; i++) {
            JsonToken value = json.nextToken();
            if (value == JsonToken.END_ARRAY) {
                return null;
            }
            if (i == index) {
                return value;
            }
            json.skipChildren();
        }
        return null;
    }
}
