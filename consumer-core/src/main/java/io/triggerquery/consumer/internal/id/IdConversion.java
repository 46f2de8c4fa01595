package io.triggerquery.consumer.internal.id;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts ids to the type of a parameter of a source interface. */
public enum IdConversion {

    /** No conversion. */
    STRING("a string", id -> id, String.class),

    /** To {@code long} or {@link Long}. */
    LONG("a number of type long", Long::valueOf, Long.class, long.class),

    /** To {@code int} or {@link Integer}. */
    INTEGER("a number of type int", Integer::valueOf, Integer.class, int.class),

    /** To {@link java.util.UUID}. */
    UUID("a UUID in lower case", java.util.UUID::fromString, UUID.class);

    private final String description;
    private final Function<String, Object> conversion;
    private final Class<?>[] types;

    IdConversion(String description, Function<String, Object> conversion, Class<?>... types) {
        this.description = description;
        this.conversion = conversion;
        this.types = types;
    }

    /** Returns the conversion to a type, or empty if ids are not converted to it. */
    public static Optional<IdConversion> to(Type type) {
        for (IdConversion conversion : values()) {
            for (Class<?> supported : conversion.types) {
                if (supported == type) {
                    return Optional.of(conversion);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Converts an id.
     *
     * @throws IllegalArgumentException if {@link #violation} returns a reason
     */
    public Object convert(String id) {
        return conversion.apply(id);
    }

    /** Converts ids; see {@link #convert}. */
    public List<?> convertAll(List<String> ids) {
        return this == STRING ? ids : ids.stream().map(this::convert).toList();
    }

    /**
     * Returns why an id cannot be converted, without repeating it, or null if it can. The id must be the text that the
     * converted value has: {@code 7} and {@code 07} would be two ids with one state.
     */
    public @Nullable String violation(String id) {
        if (this == STRING) {
            return null;
        }
        try {
            if (convert(id).toString().equals(id)) {
                return null;
            }
        } catch (IllegalArgumentException notOfTheType) {
            // reported below
        }
        return "the source takes " + description
                + ", and the id is not the text of one; a String parameter takes every id";
    }
}
