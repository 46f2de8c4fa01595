package io.triggerquery.producer.internal.declarative;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

/** Converts the value of an expression to ids. */
final class Ids {

    private Ids() {}

    /** Each id once, in the value's order. */
    static Set<String> of(@Nullable Object value) {
        Set<String> ids = new LinkedHashSet<>();
        add(value, ids);
        return ids;
    }

    private static void add(@Nullable Object value, Set<String> ids) {
        if (value instanceof CharSequence
                || value instanceof UUID
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short) {
            ids.add(value.toString());
        } else if (value instanceof Collection<?> several) {
            several.forEach(one -> add(one, ids));
        } else if (value instanceof Optional<?> perhaps) {
            perhaps.ifPresent(one -> add(one, ids));
        } else if (value instanceof BaseStream<?, ?> stream) {
            stream.iterator().forEachRemaining(one -> add(one, ids));
        } else if (ObjectUtils.isArray(value)) {
            for (Object one : ObjectUtils.toObjectArray(value)) {
                add(one, ids);
            }
        } else {
            throw new IllegalArgumentException(
                    "gave " + (value == null ? "null" : "a " + value.getClass().getName())
                            + " as an id; it has to be a String, a UUID, a whole number, or several of these");
        }
    }
}
