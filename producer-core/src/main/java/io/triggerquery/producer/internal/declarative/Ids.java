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

    /** Returns each id once, in the order of the value. */
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
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(element -> add(element, ids));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(content -> add(content, ids));
        } else if (value instanceof BaseStream<?, ?> stream) {
            stream.iterator().forEachRemaining(element -> add(element, ids));
        } else if (ObjectUtils.isArray(value)) {
            for (Object element : ObjectUtils.toObjectArray(value)) {
                add(element, ids);
            }
        } else {
            throw new IllegalArgumentException("returned "
                    + (value == null ? "null" : "a " + value.getClass().getName())
                    + " as an id; return a String, a UUID, a whole number, or several of these");
        }
    }
}
