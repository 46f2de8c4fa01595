package io.triggerquery.consumer.internal.id;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts ids to the type of a parameter of a source interface. */
public enum IdConversion {

    /** No conversion. */
    STRING("a string", String.class) {
        @Override
        public Object convert(String id) {
            return id;
        }
    },

    /** To {@code long} or {@link Long}. */
    LONG("a number of type long", Long.class, long.class) {
        @Override
        public Object convert(String id) {
            return Long.valueOf(id);
        }
    },

    /** To {@code int} or {@link Integer}. */
    INTEGER("a number of type int", Integer.class, int.class) {
        @Override
        public Object convert(String id) {
            return Integer.valueOf(id);
        }
    },

    /** To {@link java.util.UUID}. */
    UUID("a UUID in lower case", UUID.class) {
        @Override
        public Object convert(String id) {
            return java.util.UUID.fromString(id);
        }
    };

    private final String description;
    private final Class<?>[] types;

    IdConversion(String description, Class<?>... types) {
        this.description = description;
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
    public abstract Object convert(String id);

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
